import { headerHash } from "@lucid/protocol";
import type { Store, StoredEntry } from "../store/index.ts";
import { createHashTable } from "./hash-table.ts";

/**
 * Which block has a header hash. The heights are kept in memory (at most 32 bytes a block) and read from the log, at
 * the start and as it grows: a copy on disk would be one more thing to keep true.
 */
export type HeaderIndex = {
  /** The entry with this header hash; `reading` while older blocks are still being read, null when there is none. */
  find(hash: string): Promise<StoredEntry | "reading" | null>;
  /** Reads what has been appended since; calls share one reading. */
  catchUp(signal?: AbortSignal): Promise<void>;
};

/** So many blocks are read while somebody waits for the answer. */
const readWhileAsked = 1024;

export const createHeaderIndex = (
  store: Pick<Store, "head" | "entries" | "entry">,
): HeaderIndex => {
  const table = createHashTable();
  let reading: Promise<void> | null = null;

  const readOn = async (signal?: AbortSignal): Promise<void> => {
    for await (const { height, entry } of store.entries(table.size, store.head().size)) {
      signal?.throwIfAborted();
      table.add(headerHash(entry.header), height);
    }
  };
  const catchUp: HeaderIndex["catchUp"] = (signal) => {
    reading ??= readOn(signal).finally(() => {
      reading = null;
    });
    return reading;
  };

  const lookUp = async (hash: string): Promise<StoredEntry | null> => {
    for (const height of table.candidates(hash)) {
      const stored = await store.entry(height);
      if (headerHash(stored.entry.header) === hash) return stored;
    }
    return null;
  };

  return {
    catchUp,
    find: async (hash) => {
      const found = await lookUp(hash);
      const missing = store.head().size - table.size;
      if (found !== null || missing === 0) return found;
      if (missing > readWhileAsked) return "reading";
      await catchUp();
      return lookUp(hash);
    },
  };
};
