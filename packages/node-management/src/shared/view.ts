import { formatUsdt } from "@lucid/protocol";

/** ISO-8601 UTC for the API. */
export const toIso = (ms: number): string => new Date(ms).toISOString();

export const toIsoOrNull = (ms: number | null): string | null => (ms === null ? null : toIso(ms));

/** Micro-USDT as the API shows it: six places. */
export const toUsdt = (amountMicro: bigint): string => formatUsdt(amountMicro);
