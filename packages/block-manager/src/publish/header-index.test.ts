import { headerHash } from "@lucid/protocol";
import { expect, it } from "vitest";
import type { StoredEntry } from "../store/index.ts";
import { createHeaderIndex } from "./header-index.ts";

/** As much of a store as the index reads, with blocks that differ in their height only. */
const growingStore = () => {
  let size = 0;
  const entryAt = (height: number) => ({ height, entry: { header: { height } } }) as StoredEntry;
  return {
    grow: (to: number) => {
      size = to;
    },
    head: () => ({ size }) as never,
    entry: async (height: number) => entryAt(height),
    entries: async function* (from: number, to: number) {
      for (let height = from; height < to; height++) yield entryAt(height);
    },
  };
};

const hashAt = (height: number): string => headerHash({ height } as never);

it("finds blocks as the log grows, and reads a long log in the background", async () => {
  const store = growingStore();
  const index = createHeaderIndex(store);
  expect(await index.find(hashAt(0))).toBeNull();
  store.grow(1000);
  expect(await index.find(hashAt(999))).toMatchObject({ height: 999 });
  store.grow(5000);
  expect(await index.find(hashAt(7))).toMatchObject({ height: 7 });
  expect(await index.find(hashAt(4999))).toBe("reading");
  await Promise.all([index.catchUp(), index.catchUp()]);
  expect(await index.find(hashAt(4999))).toMatchObject({ height: 4999 });
  expect(await index.find(hashAt(5000))).toBeNull();
});

it("goes on where it was interrupted", async () => {
  const store = growingStore();
  const index = createHeaderIndex(store);
  store.grow(3000);
  const stop = AbortSignal.abort(new Error("stopping"));
  await expect(index.catchUp(stop)).rejects.toThrow("stopping");
  await index.catchUp();
  expect(await index.find(hashAt(2999))).toMatchObject({ height: 2999 });
});
