import type { Collection } from "@lucid/platform/documents";
import type { LedgerDocument } from "./documents.ts";

/** Sums of a ledger in micro-USDT. */
export type Totals = {
  /** Rewards. */
  readonly earnedMicro: bigint;
  /** Gross of payouts less those that were given back. */
  readonly paidOutMicro: bigint;
  /** Forfeits and adjustments, signed. */
  readonly otherMicro: bigint;
  /** What owners have: the sum of all balances. */
  readonly owedMicro: bigint;
  /** What `in_flight` received: nets of payouts, confirmed or not, less those that were given back. */
  readonly inFlightMicro: bigint;
  readonly feesMicro: bigint;
};

/** Adds up one account, or all. */
export const readTotals = async (
  entries: Collection<LedgerDocument>,
  account?: string,
): Promise<Totals> => {
  const where = account === undefined ? {} : { account };
  const [amounts, inFlight, fees] = await Promise.all([
    entries.sum({ where, field: "amount_micro", by: "kind" }),
    entries.sum({ where, field: "in_flight_micro" }),
    entries.sum({ where, field: "fees_micro" }),
  ]);
  const byKind = new Map(amounts.map(({ key, sum }) => [key, sum]));
  const of = (kind: string) => byKind.get(kind) ?? 0n;
  return {
    earnedMicro: of("reward"),
    paidOutMicro: -of("payout") - of("payout_reversal"),
    otherMicro: of("forfeit") + of("adjustment"),
    owedMicro: amounts.reduce((total, { sum }) => total + sum, 0n),
    inFlightMicro: inFlight[0]?.sum ?? 0n,
    feesMicro: fees[0]?.sum ?? 0n,
  };
};
