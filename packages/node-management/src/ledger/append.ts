import type { Collection } from "@lucid/platform/documents";
import { type LedgerEntry, makeEntry } from "@lucid/protocol";
import { Fault } from "../shared/fault.ts";
import { documentToEntry, entryToDocument, type LedgerDocument } from "./documents.ts";
import {
  type Appended,
  type BatchAppended,
  type EntryRequest,
  findDifference,
  type IntegrityAlarm,
} from "./rules.ts";

type Entries = Collection<LedgerDocument>;

/** More writers than this never race for one account; beyond it the store is broken. */
const MAX_ATTEMPTS = 1000;

export const readLast = async (entries: Entries, account: string): Promise<LedgerEntry | null> => {
  const [last] = await entries.find({ where: { account }, sort: [["seq", "desc"]], limit: 1 });
  return last === undefined ? null : documentToEntry(last);
};

export const readByKey = async (entries: Entries, key: string): Promise<LedgerEntry | null> => {
  const [found] = await entries.find({ where: { key }, limit: 1 });
  return found === undefined ? null : documentToEntry(found);
};

/** Adds one entry to its account's chain, or finds the one that an earlier try left. */
export const appendEntry = async (entries: Entries, request: EntryRequest): Promise<Appended> => {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const last = await readLast(entries, request.account);
    const next = last === null ? 0 : last.seq + 1;
    const isMoved = request.seq !== undefined && request.seq !== next;
    const isShort = BigInt(last?.balance_micro ?? "0") + request.amountMicro < 0n;
    if (!isMoved && !isShort) {
      const entry = makeEntry(last, request);
      const written = await entries.insert(entryToDocument(entry));
      if (written.outcome === "done") return { outcome: "appended", entry };
    }
    const stored = await readByKey(entries, request.key);
    if (stored !== null)
      return findDifference(stored, request) ?? { outcome: "present", entry: stored };
    if (isMoved) return { outcome: "moved" };
    if (isShort) return { outcome: "short" };
  }
  throw contention(request);
};

/**
 * Adds entries in their order, skipping those that are there. One goes in only after all before it, so a batch that
 * stopped half-way is continued, never reordered.
 */
export const appendBatch = async (
  entries: Entries,
  requests: readonly EntryRequest[],
): Promise<BatchAppended> => {
  const appended: LedgerEntry[] = [];
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const rest = await withoutStored(entries, requests);
    if ("outcome" in rest) return rest;
    if (rest.missing.length === 0) return { outcome: "appended", entries: appended };
    const next = await chainUp(entries, rest.missing);
    const written = await entries.insertMany(next.map(entryToDocument));
    appended.push(...next.slice(0, written.inserted));
  }
  throw contention(requests[0] as EntryRequest);
};

const withoutStored = async (
  entries: Entries,
  requests: readonly EntryRequest[],
): Promise<{ missing: EntryRequest[] } | IntegrityAlarm> => {
  const keys = requests.map((request) => request.key);
  const found = await entries.find({ where: { key: { in: keys } } });
  const stored = new Map(found.map((document) => [document.key, document]));
  const missing: EntryRequest[] = [];
  for (const request of requests) {
    const document = stored.get(request.key);
    const alarm = document && findDifference(documentToEntry(document), request);
    if (alarm) return alarm;
    if (document === undefined) missing.push(request);
  }
  return { missing };
};

/** The entries that the requests become, each on the end of its account's chain. */
const chainUp = async (
  entries: Entries,
  requests: readonly EntryRequest[],
): Promise<LedgerEntry[]> => {
  const accounts = [...new Set(requests.map((request) => request.account))];
  const lasts = await Promise.all(accounts.map((account) => readLast(entries, account)));
  const ends = new Map(accounts.map((account, i) => [account, lasts[i] ?? null]));
  return requests.map((request) => {
    const entry = makeEntry(ends.get(request.account) ?? null, request);
    ends.set(request.account, entry);
    return entry;
  });
};

const contention = (request: EntryRequest): Fault =>
  new Fault("ledger.contention", `no entry could be added to ${request.account}`, {
    key: request.key,
    attempts: MAX_ATTEMPTS,
  });
