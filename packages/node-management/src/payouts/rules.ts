import { needsPerson, type PayoutRules, type Policy } from "@lucid/protocol";
import { toIso, toUsdt } from "../shared/view.ts";
import type { Reservation } from "./days.ts";

/** Payouts that may be on their way at one time. */
export const MAX_IN_FLIGHT = 10;
/** After a first failure, so many more to the same recipient before a person has to look. */
export const MAX_RETRIES = 3;
/** How long a transfer may enter the chain, counted on the chain's clock. */
export const LIFETIME_MS = 180_000;
/** How far the newest block and this machine's clock may be apart. */
export const MAX_CLOCK_DIFFERENCE_MS = 60_000;

/** How many different people have to approve a payout of this gross. */
export const approversNeeded = (rules: PayoutRules, grossMicro: bigint): 0 | 1 | 2 => {
  if (!needsPerson(rules, grossMicro)) return 0;
  return grossMicro > BigInt(rules.oversight_above_micro) ? 2 : 1;
};

/** What one payout takes from a balance: at most the maximum, and at most the hour's cap unless a person decides. */
export const grossOf = (rules: PayoutRules, balanceMicro: bigint): bigint => {
  const most = smaller(balanceMicro, BigInt(rules.maximum_micro));
  return needsPerson(rules, most) ? most : smaller(most, BigInt(rules.hour_cap_micro));
};

/**
 * From which balance on an owner is due: the threshold or the owner's own larger one, or the minimum when its nodes are all retired or its last
 * payout left a rest that could have been paid.
 */
export const dueFrom = (
  { payout }: Pick<Policy, "payout">,
  owner: {
    readonly isRetired: boolean;
    readonly restMicro: bigint;
    /** The owner's own threshold; 0 without one. */
    readonly wishMicro: bigint;
  },
): bigint => {
  const minimum = BigInt(payout.minimum_micro);
  const threshold = BigInt(payout.threshold_micro);
  return owner.isRetired || owner.restMicro >= minimum
    ? minimum
    : larger(owner.wishMicro, larger(threshold, minimum));
};

/** The UTC day (`2025-01-31`) of a moment (Unix ms) of chain time. */
export const dayOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);

/** The clock hour of a moment (Unix ms), counted from 1970. */
export const hourOf = (atMs: number): number => Math.floor(atMs / HOUR_MS);

const HOUR_MS = 3_600_000;

const clockOf = (atMs: number): string => `${toIso(atMs).slice(11, 16)} UTC`;

/** Why a payout does not fit into what is left of the caps on its day and hour; null when it fits. */
export const findFullCap = (
  rules: PayoutRules,
  reserved: readonly Reservation[],
  wanted: Pick<Reservation, "owner_id" | "gross_micro" | "at" | "by_person">,
): string | null => {
  const inHour = reserved.filter(
    ({ at, by_person }) => !by_person && hourOf(at) === hourOf(wanted.at),
  );
  const ofOwner = reserved.filter(({ owner_id }) => owner_id === wanted.owner_id);
  if (!wanted.by_person && sum(inHour) + wanted.gross_micro > BigInt(rules.hour_cap_micro))
    return `this hour's limit of ${toUsdt(BigInt(rules.hour_cap_micro))} USDT is reached; it goes on at ${clockOf((hourOf(wanted.at) + 1) * HOUR_MS)}`;
  if (sum(reserved) + wanted.gross_micro > BigInt(rules.day_cap_micro))
    return `today's limit of ${toUsdt(BigInt(rules.day_cap_micro))} USDT is reached; it goes on at 00:00 UTC`;
  if (reserved.length >= rules.day_count)
    return `today's limit of ${rules.day_count} payouts is reached; it goes on at 00:00 UTC`;
  if (ofOwner.length >= rules.owner_day_count)
    return `this owner's limit of ${rules.owner_day_count} payouts a day is reached; it goes on at 00:00 UTC`;
  return null;
};

const sum = (reservations: readonly Reservation[]): bigint =>
  reservations.reduce((total, { gross_micro }) => total + gross_micro, 0n);
const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
