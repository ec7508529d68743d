import type { Collection } from "@lucid/platform/documents";
import { type LedgerEntry, makeEntry, ProtocolError } from "@lucid/protocol";
import { documentToEntry, entryId, type LedgerDocument } from "./documents.ts";

type Entries = Collection<LedgerDocument>;

export type LedgerVerdict =
  | { readonly ok: true; readonly accounts: number; readonly entries: number }
  | {
      readonly ok: false;
      readonly account: string;
      readonly seq: number;
      readonly code: string;
      readonly detail: string;
    };

type Breach = { readonly code: string; readonly detail: string };

const PAGE = 1000;

/** Why an entry is not what must follow the one before it; null when it is. */
export const findBreach = (previous: LedgerEntry | null, entry: LedgerEntry): Breach | null => {
  const isNext = entry.seq === (previous === null ? 0 : previous.seq + 1);
  if (!isNext) return { code: "ledger.seq", detail: `seq ${entry.seq} leaves a gap` };
  try {
    const rebuilt = makeEntry(previous, {
      ...entry,
      amountMicro: BigInt(entry.amount_micro),
      contra: entry.contra.map((part) => ({
        account: part.account,
        amountMicro: BigInt(part.amount_micro),
      })),
    });
    if (rebuilt.hash === entry.hash) return null;
    return {
      code: "ledger.hash",
      detail: "the hash is not that of the entry after the one before",
    };
  } catch (error) {
    if (error instanceof ProtocolError) return { code: error.code, detail: error.message };
    throw error;
  }
};

/** Checks one account's chain from its first entry to its last. */
export const verifyAccount = async (entries: Entries, account: string): Promise<LedgerVerdict> => {
  let previous: LedgerEntry | null = null;
  for (;;) {
    const from: number = previous === null ? 0 : previous.seq + 1;
    const page = await entries.find({
      where: { account, seq: { gte: from } },
      sort: [["seq", "asc"]],
      limit: PAGE,
    });
    for (const document of page) {
      const entry = documentToEntry(document);
      const breach = findBreach(previous, entry) ?? findMisfiling(document);
      if (breach !== null) return { ok: false, account, seq: entry.seq, ...breach };
      previous = entry;
    }
    if (page.length < PAGE)
      return { ok: true, accounts: 1, entries: previous === null ? 0 : previous.seq + 1 };
  }
};

/** Checks every account's chain; stops at the first that does not hold. */
export const verifyAll = async (entries: Entries): Promise<LedgerVerdict> => {
  const total = { accounts: 0, entries: 0 };
  for (let account = await nextAccount(entries, ""); account !== null;) {
    const verdict = await verifyAccount(entries, account);
    if (!verdict.ok) return verdict;
    total.accounts += 1;
    total.entries += verdict.entries;
    account = await nextAccount(entries, account);
  }
  return { ok: true, ...total };
};

const nextAccount = async (entries: Entries, after: string): Promise<string | null> => {
  const [next] = await entries.find({
    where: { account: { gt: after } },
    sort: [["account", "asc"]],
    limit: 1,
  });
  return next?.account ?? null;
};

/** Whether a document is kept under another id, or its totals differ from what was hashed. */
const findMisfiling = (document: LedgerDocument): Breach | null => {
  const contra = (account: string) =>
    document.contra.find((part) => part.account === account)?.amount_micro ?? 0n;
  const isFiled =
    document.id === entryId(document.account, document.seq) &&
    document.in_flight_micro === contra("in_flight") &&
    document.fees_micro === contra("fees");
  return isFiled
    ? null
    : { code: "ledger.filing", detail: "the document does not repeat its entry" };
};
