import { afterEach, beforeEach, expect, it } from "vitest";
import { openTestStore } from "../testing/store.ts";
import {
  epochCollection,
  type EpochResultDocument,
  epochResultCollection,
  resultDocumentId,
} from "./documents.ts";
import { createNewest } from "./newest.ts";
import { createReaders } from "./readers.ts";

const run = "run";
const node = `node_${"a".repeat(32)}`;

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store[Symbol.asyncDispose]());

/** The readers of a process of its own, and how often they read a result by its id. */
const startReaders = () => {
  const epochs = store.collection(epochCollection);
  const stored = store.collection(epochResultCollection);
  const asked: string[] = [];
  const results = {
    ...stored,
    get: (id: string) => {
      asked.push(id);
      return stored.get(id);
    },
  };
  return { asked, ...createReaders({ epochs, results, newest: createNewest(epochs) }) };
};

const close = (epoch: number) =>
  store.collection(epochCollection).insert({
    id: String(epoch),
    epoch,
    state: "closed",
    policy: 1,
    cut_slot: 1,
    closing_at: 1,
    run,
    sealed_slot: null,
  });

const insertResult = (epoch: number, changes: Partial<EpochResultDocument> = {}) =>
  store.collection(epochResultCollection).insert({
    id: resultDocumentId(epoch, run, node),
    run,
    owner_id: `owner_${"a".repeat(32)}`,
    epoch,
    node_id: node,
    eligible: 720,
    present: 720,
    time: 10_000,
    time_known: true,
    credits: 720_000,
    own: 10_000,
    alpha: 2,
    beta: 2,
    reputation: 5000,
    contribution: 5000,
    score: 8000,
    valid: true,
    reward_micro: 1n,
    sealed_slot: null,
    ...changes,
  });

it("a process that follows another knows what that closed once it has looked at the store", async () => {
  const readers = startReaders();
  expect(await readers.latestResult(node)).toBeNull();
  await insertResult(7);
  await close(7);
  expect(await readers.latestResult(node)).toBeNull();
  expect(await readers.lastClosed()).toBe(7);
  expect(await readers.latestResult(node)).toMatchObject({
    result: { epoch: 7, score: 8000 },
    epoch: { epoch: 7, run },
  });
  expect(await readers.scores([node, "node_other"])).toEqual([8000, null]);
});

it("the latest result of a node that was not in the newest epoch is an older one, never that of an open one", async () => {
  await insertResult(7);
  await close(7);
  await close(8);
  await insertResult(9);
  const readers = startReaders();
  expect(await readers.latestResult(node)).toMatchObject({
    result: { epoch: 7 },
    epoch: { epoch: 7 },
  });
  expect((await readers.history(node, {})).items.map(({ epoch }) => epoch)).toEqual([7]);
});

it("a result is read until it is sealed, and then no more", async () => {
  await insertResult(7);
  await close(7);
  const readers = startReaders();
  const id = resultDocumentId(7, run, node);
  expect(await readers.latestResult(node)).toMatchObject({ result: { sealed_slot: null } });
  const results = store.collection(epochResultCollection);
  await results.update(id, { sealed_slot: 20 }, { expect: { sealed_slot: null } });
  for (let again = 0; again < 3; again++)
    expect(await readers.latestResult(node)).toMatchObject({ result: { sealed_slot: 20 } });
  expect(readers.asked).toEqual([id, id]);
});
