import { formatUsdt, type Genesis } from "@lucid/protocol";

/** The furthest moment that a date can name (ECMA-262, time values). */
const furthestMs = 8.64e15;

/** ISO-8601 UTC for the API; what lies beyond all dates, as a slot that a stranger made up may, is the furthest one. */
export const toIso = (ms: number): string =>
  new Date(Math.max(-furthestMs, Math.min(ms, furthestMs))).toISOString();

export const toIsoOrNull = (ms: number | null | undefined): string | null =>
  ms === null || ms === undefined ? null : toIso(ms);

/** A moment in a sentence: `2026-11-21 15:10:35 UTC`. */
export const toMoment = (ms: number): string => `${toIso(ms).slice(0, 19).replace("T", " ")} UTC`;

/** Micro-USDT as the API shows it: six places. */
export const toUsdt = (amountMicro: bigint): string => formatUsdt(amountMicro);

export const toUsdtOrNull = (amountMicro: bigint | null | undefined): string | null =>
  amountMicro === null || amountMicro === undefined ? null : toUsdt(amountMicro);

/** Sun have six places, too. */
export const toTrx = toUsdt;
export const toTrxOrNull = toUsdtOrNull;

/** Where a fact stands in the public log; null while it is not sealed. */
export const toSealed = (
  { first_slot }: Pick<Genesis, "first_slot">,
  slot: number | null | undefined,
): { slot: number; height: number } | null =>
  slot === null || slot === undefined ? null : { slot, height: slot - first_slot };
