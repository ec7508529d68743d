import { ownerAccount } from "@lucid/protocol";
import { type Addresses, changeToView } from "../addresses/index.ts";
import type { Ledger } from "../ledger/index.ts";
import type { Owner } from "../registry/index.ts";
import type { Network } from "../shared/network.ts";
import { toIso, toUsdt } from "../shared/view.ts";
import type { Payouts } from "./contract.ts";

export type OwnerViewDeps = {
  readonly network: Pick<Network, "genesis">;
  readonly addresses: Pick<Addresses, "next" | "nextSeq">;
  readonly ledger: Pick<Ledger, "totals">;
  readonly payouts: Pick<Payouts, "confirmedMicro" | "explainWait" | "threshold">;
};

/** What an owner has and had, and what its next payout waits for. */
export const ownerToView = async (
  { network, addresses, ledger, payouts }: OwnerViewDeps,
  owner: Owner,
  nowMs: number,
) => {
  const [totals, paidMicro, waits, thresholdMicro, change] = await Promise.all([
    ledger.totals(ownerAccount(owner.ownerId)),
    payouts.confirmedMicro(owner.ownerId),
    payouts.explainWait(owner),
    payouts.threshold(owner.ownerId),
    addresses.next(owner.ownerId),
  ]);
  return {
    owner_id: owner.ownerId,
    address: owner.address,
    address_seq: addresses.nextSeq(owner.ownerId),
    address_change: change === null ? null : changeToView(network, change),
    nodes: owner.nodeIds.length,
    balance_usdt: toUsdt(totals.owedMicro),
    earned_usdt: toUsdt(totals.earnedMicro),
    paid_usdt: toUsdt(paidMicro),
    in_flight_usdt: toUsdt(totals.inFlightMicro - paidMicro),
    fees_usdt: toUsdt(totals.feesMicro),
    threshold_usdt: toUsdt(thresholdMicro),
    waits,
    as_of: toIso(nowMs),
  };
};
