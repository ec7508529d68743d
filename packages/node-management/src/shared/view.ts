import { toIso } from "@lucid/api";
import { formatUsdt, type Genesis } from "@lucid/protocol";

export { toIso };

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
