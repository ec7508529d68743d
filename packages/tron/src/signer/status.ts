import { formatUsdt } from "@lucid/protocol";
import { DAY_MS, HOUR_MS } from "./rules.ts";
import type { SigningDeps, SigningOptions } from "./service.ts";

/** What a signer says of itself, for doctor and readiness. Amounts in USDT. */
export type SignerStatus = {
  readonly address: string;
  readonly network: string;
  readonly network_id: string;
  readonly chain: string;
  readonly token: string;
  readonly endpoints: number;
  readonly delay_slots: number;
  readonly journal: {
    readonly since: string;
    readonly signed: number;
    readonly lines: number;
    readonly fence: number;
  };
  /** How far the log was read; nulls until it was for the first time. */
  readonly log: {
    readonly size: number | null;
    readonly slot: number | null;
    readonly problem: string | null;
  };
  readonly caps: {
    readonly payout_usdt: string;
    readonly hour: { readonly used_usdt: string; readonly cap_usdt: string };
    readonly day: { readonly used_usdt: string; readonly cap_usdt: string };
    readonly day_count: { readonly used: number; readonly cap: number };
  };
};

export const describeSigner = (
  { journal, log, local }: SigningDeps,
  { profile, caps, delaySlots }: SigningOptions,
  nowMs: number,
): SignerStatus => {
  const { network_id, chain, token, since_ms } = journal.opened;
  const { signed, lines } = journal.figures();
  const hour = journal.spentSince(nowMs - HOUR_MS);
  const day = journal.spentSince(nowMs - DAY_MS);
  const state = log.state();
  return {
    address: local.address,
    network: profile.name,
    network_id,
    chain,
    token,
    endpoints: profile.endpoints.length,
    delay_slots: delaySlots,
    journal: {
      since: new Date(since_ms).toISOString(),
      signed,
      lines,
      fence: journal.highestFence(),
    },
    log: { size: state?.size ?? null, slot: state?.slot ?? null, problem: log.problem() },
    caps: {
      payout_usdt: formatUsdt(caps.payoutMicro),
      hour: { used_usdt: formatUsdt(hour.micro), cap_usdt: formatUsdt(caps.hourMicro) },
      day: { used_usdt: formatUsdt(day.micro), cap_usdt: formatUsdt(caps.dayMicro) },
      day_count: { used: day.count, cap: caps.dayCount },
    },
  };
};
