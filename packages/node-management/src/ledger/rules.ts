import type { LedgerDraft, LedgerEntry } from "@lucid/protocol";

/**
 * What an entry is to say; place, balance and links come from its account's chain. With `seq` it was decided for
 * exactly that place: when somebody else takes it, the decision is void.
 */
export type EntryRequest = LedgerDraft & { readonly seq?: number };

/** Two different entries claim one key: nobody but a person may go on. */
export type IntegrityAlarm = {
  readonly outcome: "conflict";
  readonly code: "ledger.integrity";
  readonly detail: string;
};

export type Appended =
  | { readonly outcome: "appended" | "present"; readonly entry: LedgerEntry }
  /** The place it was decided for is taken: decide anew from the last entry. */
  | { readonly outcome: "moved" }
  /** The balance does not hold what was to be taken, and none ever goes below zero. */
  | { readonly outcome: "short" }
  | IntegrityAlarm;

/** Only those that were not there before are counted. */
export type BatchAppended =
  | { readonly outcome: "appended"; readonly entries: readonly LedgerEntry[] }
  | IntegrityAlarm;

/** The alarm when a stored entry says something else than was asked for; its place and moment do not matter. */
export const findDifference = (
  stored: LedgerEntry,
  request: EntryRequest,
): IntegrityAlarm | null => {
  if (saysTheSame(stored, request)) return null;
  const detail = `${request.key} stands in the ledger as ${stored.account}#${stored.seq} with other content`;
  return { outcome: "conflict", code: "ledger.integrity", detail };
};

const saysTheSame = (stored: LedgerEntry, request: EntryRequest): boolean =>
  stored.account === request.account &&
  BigInt(stored.amount_micro) === request.amountMicro &&
  stored.ref === request.ref &&
  stored.epoch === request.epoch &&
  stored.policy === request.policy &&
  sameContra(stored, request);

const sameContra = (stored: LedgerEntry, request: EntryRequest): boolean => {
  const wanted = new Map(request.contra.map((part) => [part.account, part.amountMicro]));
  return (
    stored.contra.length === wanted.size &&
    stored.contra.every((part) => wanted.get(part.account) === BigInt(part.amount_micro))
  );
};
