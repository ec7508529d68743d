import { PARAMETERS } from "./parameters.ts";
import type { Account } from "./state.ts";

/** Used amount after linear recovery since it was counted. */
export function stillUsed(used: number, usedAtMs: number, nowMs: number): number {
  const passed = Math.min(1, Math.max(0, (nowMs - usedAtMs) / PARAMETERS.recoveryMs));
  return Math.round(used * (1 - passed));
}

export type BandwidthPayment = { account: Account; usage: number; feeSun: bigint };

/** Takes free bandwidth when there is enough for the whole, otherwise burns TRX; null when there is too little TRX. */
export function payBandwidth(
  account: Account,
  bytes: number,
  nowMs: number,
): BandwidthPayment | null {
  const used = stillUsed(account.bandwidthUsed, account.bandwidthUsedAtMs, nowMs);
  if (used + bytes <= PARAMETERS.freeBandwidth) {
    const paid = { ...account, bandwidthUsed: used + bytes, bandwidthUsedAtMs: nowMs };
    return { account: paid, usage: bytes, feeSun: 0n };
  }
  const feeSun = BigInt(bytes) * PARAMETERS.bandwidthFeeSun;
  if (account.trxSun < feeSun) return null;
  return { account: { ...account, trxSun: account.trxSun - feeSun }, usage: 0, feeSun };
}

/** Energy a transaction may use: staked energy and what the balance buys, both under the fee limit. */
export function energyCap(account: Account, feeLimitSun: bigint, nowMs: number): number {
  const affordable = Number(account.trxSun / PARAMETERS.energyFeeSun);
  const allowed = Number(feeLimitSun / PARAMETERS.energyFeeSun);
  return Math.min(stakedEnergy(account, nowMs) + affordable, allowed);
}

/** Takes staked energy first and burns TRX for the rest. */
export function payEnergy(
  account: Account,
  energy: number,
  nowMs: number,
): { account: Account; usage: number; feeSun: bigint } {
  const usage = Math.min(energy, stakedEnergy(account, nowMs));
  const feeSun = BigInt(energy - usage) * PARAMETERS.energyFeeSun;
  const energyUsed = stillUsed(account.energyUsed, account.energyUsedAtMs, nowMs) + usage;
  const paid = { ...account, trxSun: account.trxSun - feeSun, energyUsed, energyUsedAtMs: nowMs };
  return { account: paid, usage, feeSun };
}

function stakedEnergy(account: Account, nowMs: number): number {
  return account.energyLimit - stillUsed(account.energyUsed, account.energyUsedAtMs, nowMs);
}
