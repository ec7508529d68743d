import type { NetworkEvent } from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import type { Collection, Documents } from "@lucid/platform/documents";
import type { Events } from "@lucid/platform/events";
import type { Metrics } from "@lucid/platform/metrics";
import { type LedgerEntry, parseMicro, slotAt } from "@lucid/protocol";
import type { Policies } from "../policy/index.ts";
import type { Network } from "../shared/network.ts";
import { type Page, pageOf, type PageRequest } from "../shared/page.ts";
import { toUsdt } from "../shared/view.ts";
import { appendBatch, appendEntry, readByKey, readLast } from "./append.ts";
import { type Binding, bindLedger, type BindVerdict } from "./binding.ts";
import { documentToEntry, ledgerCollection, type LedgerDocument } from "./documents.ts";
import type { Appended, BatchAppended, EntryRequest } from "./rules.ts";
import { readTotals, type Totals } from "./totals.ts";
import { type LedgerVerdict, verifyAccount, verifyAll } from "./verify.ts";

export type Ledger = {
  /** Adds one entry, or finds it when an earlier try left it. Throws for an entry that breaks a rule of the ledger. */
  append(request: EntryRequest): Promise<Appended>;
  /** Adds many entries in their order; those that are there are skipped, so that it may be repeated. */
  appendRewards(requests: readonly EntryRequest[]): Promise<BatchAppended>;
  last(account: string): Promise<LedgerEntry | null>;
  byKey(key: string): Promise<LedgerEntry | null>;
  /** Micro-USDT; 0 for an account without entries. */
  balance(account: string): Promise<bigint>;
  /** Ascending from `fromSeq`. */
  entries(account: string, range?: { fromSeq?: number; limit?: number }): Promise<LedgerEntry[]>;
  /** The first entry of an account made at or after a moment (Unix ms). */
  firstSince(account: string, atMs: number): Promise<LedgerEntry | null>;
  /** The first reward of an account for this epoch or a later one. */
  firstRewardFrom(account: string, epoch: number): Promise<LedgerEntry | null>;
  /** The latest entry of one kind on an account. */
  lastOfKind(account: string, kind: LedgerEntry["kind"]): Promise<LedgerEntry | null>;
  /** Newest first, of one account or of all. */
  list(request: PageRequest, account?: string): Promise<Page<LedgerEntry>>;
  /** Newest first, of all accounts. */
  listOfKind(kind: LedgerEntry["kind"], request: PageRequest): Promise<Page<LedgerEntry>>;
  /** Sums over one account or over all. */
  totals(account?: string): Promise<Totals>;
  /** Binds the ledger to a chain, token and wallet for ever, or compares with what it is bound to. */
  bind(binding: Binding): Promise<BindVerdict>;
  /** Checks every invariant of one account's chain, or of all. */
  verify(account?: string): Promise<LedgerVerdict>;
};

export type LedgerDeps = {
  readonly documents: Pick<Documents, "collection">;
  readonly network: Network;
  readonly policies: Pick<Policies, "forSlot">;
  readonly clock: Pick<Clock, "now">;
  readonly events: Pick<Events<NetworkEvent>, "publish">;
  readonly metrics: Pick<Metrics, "counter">;
};

/** So many rewards are read, chained and written at a time; others get their turn in between. */
const BATCH = 1000;

/** The books: one append-only, hash-linked chain per account. */
export const createLedger = (deps: LedgerDeps): Ledger => {
  const { network, policies, clock } = deps;
  const entries = deps.documents.collection(ledgerCollection);
  const announce = createAnnouncer(deps);

  return {
    append: async (request) => {
      const appended = await appendEntry(entries, request);
      if (appended.outcome === "appended") announce([appended.entry]);
      return appended;
    },
    appendRewards: async (requests) => {
      const added: LedgerEntry[] = [];
      for (let from = 0; from < requests.length; from += BATCH) {
        const appended = await appendBatch(entries, requests.slice(from, from + BATCH));
        if (appended.outcome === "conflict") return appended;
        announce(appended.entries);
        added.push(...appended.entries);
      }
      return { outcome: "appended", entries: added };
    },
    last: (account) => readLast(entries, account),
    byKey: (key) => readByKey(entries, key),
    balance: async (account) =>
      parseMicro((await readLast(entries, account))?.balance_micro ?? "0"),
    ...createReaders(entries),
    totals: (account) => readTotals(entries, account),
    bind: (binding) => {
      const at = clock.now();
      const policy = policies.forSlot(slotAt(network.genesis, at)).version;
      return bindLedger({ entries, networkId: network.networkId }, binding, { at, policy });
    },
    verify: (account) =>
      account === undefined ? verifyAll(entries) : verifyAccount(entries, account),
  };
};

const createAnnouncer = ({ events, metrics }: LedgerDeps) => {
  const counted = metrics.counter("lucid_ledger_entries_total", "Ledger entries made", ["kind"]);
  return (added: readonly LedgerEntry[]): void => {
    for (const { account, seq, kind, amount_micro } of added) {
      counted.inc({ kind });
      const amount_usdt = toUsdt(BigInt(amount_micro));
      events.publish({ type: "ledger", account, seq, kind, amount_usdt });
    }
  };
};

type Readers = Pick<
  Ledger,
  "entries" | "firstSince" | "firstRewardFrom" | "lastOfKind" | "list" | "listOfKind"
>;

const createReaders = (collection: Collection<LedgerDocument>): Readers => {
  type Query = NonNullable<Parameters<typeof collection.find>[0]>;
  const first = async (query: Query): Promise<LedgerEntry | null> => {
    const [document] = await collection.find({ ...query, limit: 1 });
    return document === undefined ? null : documentToEntry(document);
  };
  const newest = async (
    request: PageRequest,
    where: NonNullable<Query["where"]>,
    by: "seq" | "at",
  ): Promise<Page<LedgerEntry>> => {
    const { page, limit, skip } = pageOf(request);
    const [found, total] = await Promise.all([
      collection.find({ where, sort: [[by, "desc"]], skip, limit }),
      collection.count({ where }),
    ]);
    return { items: found.map(documentToEntry), total, page, limit };
  };
  return {
    entries: async (account, { fromSeq = 0, limit } = {}) => {
      const where = { account, seq: { gte: fromSeq } };
      const found = await collection.find({
        where,
        sort: [["seq", "asc"]],
        ...(limit !== undefined && { limit }),
      });
      return found.map(documentToEntry);
    },
    firstSince: (account, atMs) =>
      first({ where: { account, at: { gte: atMs } }, sort: [["at", "asc"]] }),
    firstRewardFrom: (account, epoch) =>
      first({
        where: { account, epoch: { gte: epoch } },
        sort: [
          ["epoch", "asc"],
          ["seq", "asc"],
        ],
      }),
    lastOfKind: (account, kind) => first({ where: { account, kind }, sort: [["seq", "desc"]] }),
    list: (request, account) =>
      account === undefined ? newest(request, {}, "at") : newest(request, { account }, "seq"),
    listOfKind: (kind, request) => newest(request, { kind }, "at"),
  };
};
