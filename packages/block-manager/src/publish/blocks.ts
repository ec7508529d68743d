import { pageOf, type PageRequest, paginationOf } from "@lucid/api";
import { ApiProblem } from "@lucid/platform/http";
import type { Store, StoredEntry } from "../store/index.ts";
import type { HeaderIndex } from "./header-index.ts";

export type BlocksDeps = {
  readonly store: Pick<Store, "head" | "entry" | "entries">;
  readonly index: Pick<HeaderIndex, "find">;
};

export type BlocksQuery = PageRequest & {
  readonly height_from?: number;
  readonly height_to?: number;
  readonly sort?: "asc" | "desc";
};

/** Finds blocks for whoever asks; throws ApiProblem for what is not there. */
export type Blocks = {
  latest(): Promise<StoredEntry>;
  /** By height in decimal, or by header hash. */
  find(ref: string): Promise<StoredEntry>;
  list(query: BlocksQuery): Promise<{
    entries: readonly StoredEntry[];
    pagination: ReturnType<typeof paginationOf>;
  }>;
};

const unknown = (detail: string): ApiProblem => new ApiProblem("blocks.unknown", detail);

export const createBlocks = ({ store, index }: BlocksDeps): Blocks => {
  const byHash = async (hash: string): Promise<StoredEntry> => {
    const found = await index.find(hash);
    if (found === null) throw unknown(`No block has the header hash ${hash}.`);
    if (found !== "reading") return found;
    const detail = "Header hashes are being read after a start: ask again, or ask by height.";
    throw new ApiProblem("log.unavailable", detail, { retryAfter: 5 });
  };
  const byHeight = (height: number): Promise<StoredEntry> => {
    const { size } = store.head();
    if (height < size) return store.entry(height);
    throw unknown(size === 0 ? "The log has no block yet." : `The log ends at height ${size - 1}.`);
  };
  return {
    latest: async () => byHeight(Math.max(0, store.head().size - 1)),
    find: async (ref) => (ref.length === 64 ? byHash(ref) : byHeight(Number(ref))),
    list: async ({ height_from = 0, height_to, sort = "desc", ...request }) => {
      const end = Math.min(store.head().size, (height_to ?? Number.MAX_SAFE_INTEGER) + 1);
      const begin = Math.min(height_from, end);
      const total = end - begin;
      const { page, limit, skip } = pageOf(request);
      const [from, to] = [Math.min(skip, total), Math.min(skip + limit, total)];
      const [first, last] = sort === "asc" ? [begin + from, begin + to] : [end - to, end - from];
      const entries: StoredEntry[] = [];
      for await (const entry of store.entries(first, last)) entries.push(entry);
      return {
        entries: sort === "asc" ? entries : entries.toReversed(),
        pagination: paginationOf(page, limit, total),
      };
    },
  };
};
