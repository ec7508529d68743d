import type { NetworkEvent } from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import type { Documents } from "@lucid/platform/documents";
import type { Events } from "@lucid/platform/events";
import type { Metrics } from "@lucid/platform/metrics";
import { type LedgerEntry, slotAt } from "@lucid/protocol";
import type { Policies } from "../policy/index.ts";
import type { Network } from "../shared/network.ts";
import type { Page, PageRequest } from "../shared/page.ts";
import { toUsdt } from "../shared/view.ts";
import { appendBatch, appendEntry } from "./append.ts";
import { type Binding, bindLedger, type BindVerdict } from "./binding.ts";
import { ledgerCollection } from "./documents.ts";
import { createReaders } from "./readers.ts";
import type { Appended, BatchAppended, EntryRequest } from "./rules.ts";
import { readTotals, type Totals } from "./totals.ts";
import { type LedgerVerdict, verifyAccount, verifyAll } from "./verify.ts";

export type Ledger = {
  /**
   * Adds one entry, or finds it when an earlier try left it; a balance that is short stays as it is. Throws for an entry
   * that breaks another rule of the ledger.
   */
  append(request: EntryRequest): Promise<Appended>;
  /** Adds many entries in their order; those that are there are skipped, so that it may be repeated. */
  appendRewards(requests: readonly EntryRequest[]): Promise<BatchAppended>;
  last(account: string): Promise<LedgerEntry | null>;
  byKey(key: string): Promise<LedgerEntry | null>;
  entry(account: string, seq: number): Promise<LedgerEntry | null>;
  /** In which slot's block an entry stands; null while it is not sealed, and when there is none. */
  sealedSlot(account: string, seq: number): Promise<number | null>;
  /** Micro-USDT; 0 for an account without entries. */
  balance(account: string): Promise<bigint>;
  /** Ascending from `fromSeq`. */
  entries(account: string, range?: { fromSeq?: number; limit?: number }): Promise<LedgerEntry[]>;
  /** The place of the first entry of an account made at or after a moment (Unix ms); the end of the chain if none was. */
  seqSince(account: string, atMs: number): Promise<number>;
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
