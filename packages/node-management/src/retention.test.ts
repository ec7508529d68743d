import { createTestClock } from "@lucid/platform/clock";
import { defineCollection, type Documents, openDocuments } from "@lucid/platform/documents";
import { firstSlotOf, slotStart } from "@lucid/protocol";
import { Type } from "typebox";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { collections } from "./collections.ts";
import { createRetentionChore } from "./retention.ts";
import { testNetwork } from "./testing/index.ts";

const network = testNetwork();
const { genesis } = network;
const firstEpoch = Math.floor(genesis.first_slot / genesis.slots_per_epoch);
const schema = Type.Object({
  id: Type.String(),
  at: Type.Integer(),
  sealed_slot: Type.Union([Type.Integer(), Type.Null()]),
});
const byEpoch = defineCollection({
  name: "by_epoch",
  schema,
  indexes: [["at"]],
  retention: { epochs: 3, field: "at", unit: "epoch" },
});
const byMoment = defineCollection({
  name: "by_moment",
  schema,
  indexes: [["at"]],
  retention: { epochs: 2, field: "at", unit: "ms" },
});
const forEver = defineCollection({ name: "for_ever", schema, indexes: [["at"]] });
const definitions = [byEpoch, byMoment, forEver];

let documents: Documents;
beforeEach(async () => {
  documents = await openDocuments({ engine: "sqlite", path: ":memory:" }, definitions);
});
afterEach(() => documents[Symbol.asyncDispose]());

const startOf = (epoch: number) => slotStart(genesis, firstSlotOf(genesis, epoch));
const run = (epoch: number, isClosed = true) =>
  createRetentionChore({
    documents,
    definitions,
    network,
    clock: createTestClock(startOf(epoch)),
    isClosed: async () => isClosed,
  }).run(new AbortController().signal, {} as never);
const fill = (definition: typeof byEpoch, ats: readonly number[], sealed_slot: number | null = 1) =>
  documents
    .collection(definition)
    .insertMany(ats.map((at, i) => ({ id: `${sealed_slot}/${at}/${i}`, at, sealed_slot })));
const left = async (definition: typeof byEpoch) =>
  (await documents.collection(definition).find({ sort: [["at", "asc"]] })).map(({ at }) => at);

const now = firstEpoch + 20;

test("whole epochs are kept, and what is older goes", async () => {
  await fill(byEpoch, [now - 5, now - 4, now - 3, now - 2, now]);
  await fill(byMoment, [startOf(now - 2) - 1, startOf(now - 2), startOf(now)]);
  await fill(forEver, [0]);
  await run(now);
  expect(await left(byEpoch)).toEqual([now - 3, now - 2, now]);
  expect(await left(byMoment)).toEqual([startOf(now - 2), startOf(now)]);
  expect(await left(forEver)).toEqual([0]);
});

test("what waits for a block stays, among more than are read at once", async () => {
  await fill(
    byEpoch,
    Array.from({ length: 700 }, () => firstEpoch),
    null,
  );
  await fill(
    byEpoch,
    Array.from({ length: 700 }, () => firstEpoch),
  );
  await run(now);
  expect(await left(byEpoch)).toHaveLength(700);
});

test("nothing goes while the epoch before is not settled", async () => {
  await fill(byEpoch, [firstEpoch]);
  await run(now, false);
  expect(await left(byEpoch)).toEqual([firstEpoch]);
});

describe("money and what people did", () => {
  test.each(["ledger", "payouts", "payout_days", "payout_pause", "audit", "audit_roots", "holds"])(
    "%s is kept for ever",
    (name) => {
      expect(collections.find((known) => known.name === name)).toMatchObject({ retention: null });
    },
  );
});
