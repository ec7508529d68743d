import type { Collection } from "@lucid/platform/documents";
import { type LedgerEntry, parseMicro } from "@lucid/protocol";
import { type Page, findPage, type PageRequest } from "../shared/page.ts";
import { readByKey, readLast } from "./append.ts";
import { documentToEntry, entryId, type LedgerDocument } from "./documents.ts";
import type { Ledger } from "./service.ts";

type Readers = Pick<
  Ledger,
  | "last"
  | "byKey"
  | "entry"
  | "sealedSlot"
  | "balance"
  | "entries"
  | "seqSince"
  | "list"
  | "listOfKind"
>;

export const createReaders = (collection: Collection<LedgerDocument>): Readers => {
  type Where = NonNullable<NonNullable<Parameters<typeof collection.find>[0]>["where"]>;

  const readPage = async (
    request: PageRequest,
    where: Where,
    by: "seq" | "at",
  ): Promise<Page<LedgerEntry>> => {
    const page = await findPage(collection, { where, sort: [[by, "desc"]] }, request);
    return { ...page, items: page.items.map(documentToEntry) };
  };
  const last = (account: string) => readLast(collection, account);

  return {
    last,
    byKey: (key) => readByKey(collection, key),
    entry: async (account, seq) => {
      const found = await collection.get(entryId(account, seq));
      return found === null ? null : documentToEntry(found);
    },
    sealedSlot: async (account, seq) =>
      (await collection.get(entryId(account, seq)))?.sealed_slot ?? null,
    balance: async (account) => parseMicro((await last(account))?.balance_micro ?? "0"),
    entries: async (account, { fromSeq = 0, limit } = {}) => {
      const where = { account, seq: { gte: fromSeq } };
      const page = limit === undefined ? {} : { limit };
      const found = await collection.find({ where, sort: [["seq", "asc"]], ...page });
      return found.map(documentToEntry);
    },
    seqSince: async (account, atMs) => {
      let low = 0;
      let high = ((await last(account))?.seq ?? -1) + 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        const entry = await collection.get(entryId(account, middle));
        if (entry === null || entry.at >= atMs) high = middle;
        else low = middle + 1;
      }
      return low;
    },
    list: (request, account) =>
      account === undefined ? readPage(request, {}, "at") : readPage(request, { account }, "seq"),
    listOfKind: (kind, request) => readPage(request, { kind }, "at"),
  };
};
