import type { Snapshot } from "@lucid/platform/documents";
import { expect, test } from "vitest";
import { sealingNames } from "./sealing/index.ts";
import { copyStore } from "./store-copy.ts";

type Stand = { readonly sealed: number; readonly marked: number };

/** A database whose sealing stands as `look` says whenever a collection of it is read. */
const openAt = (look: () => Stand) => async (): Promise<Snapshot> => ({
  engine: "mongodb",
  isOneMoment: false,
  versions: new Map([sealingNames.progress, sealingNames.slots].map((name) => [name, 1])),
  async *documents(name) {
    const { sealed, marked } = look();
    if (name === sealingNames.progress) yield { id: "marked", slot: marked };
    else for (let slot = 1; slot <= sealed; slot++) yield { id: String(slot), slot };
  },
  [Symbol.asyncDispose]: async () => {},
});

const copy = async (look: () => Stand) => {
  let readings = 0;
  const { sealedSlot } = await copyStore(openAt(look), async (name, _version, documents) => {
    for await (const _ of documents);
    if (name === sealingNames.slots) readings++;
  });
  return { sealedSlot, readings };
};

test("what is at rest is read once", async () => {
  expect(await copy(() => ({ sealed: 7, marked: 7 }))).toEqual({ sealedSlot: 7, readings: 1 });
});

test("a service that was stopped between a seal and its mark is at rest as well", async () => {
  expect(await copy(() => ({ sealed: 8, marked: 7 }))).toEqual({ sealedSlot: 8, readings: 2 });
});

test("a slot that is sealed meanwhile is read again, with all the rest", async () => {
  let looks = 0;
  const look = () => (looks++ < 2 ? { sealed: 7, marked: 7 } : { sealed: 8, marked: 8 });
  expect(await copy(look)).toEqual({ sealedSlot: 8, readings: 2 });
});

test("what is sealed all the time is refused: the service has to be stopped", async () => {
  let slot = 7;
  await expect(copy(() => ({ sealed: ++slot, marked: slot }))).rejects.toMatchObject({
    code: "backup.moving",
  });
});
