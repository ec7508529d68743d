import type { LedgerEntry } from "@lucid/protocol";
import type { HoldDocument } from "../holds/index.ts";
import { contraOf } from "../ledger/index.ts";
import type { NodeEarnings, StatementLine } from "./statement.ts";

/** What the lines of a statement come to, in micro-USDT; the network's cost in sun. */
export const addUp = (lines: readonly StatementLine[]) => {
  const sums = {
    earnedMicro: 0n,
    payoutsMicro: 0n,
    forfeitedMicro: 0n,
    otherMicro: 0n,
    feesMicro: 0n,
    paidMicro: 0n,
    networkCostSun: 0n,
  };
  // What decisions moved out of, or into, fees and what is in flight.
  let decidedMicro = 0n;
  let towardsPayouts = 0n;
  for (const { entry, source } of lines) {
    sums[partOf[entry.kind]] += BigInt(entry.amount_micro);
    sums.feesMicro += contraOf(entry, "fees");
    towardsPayouts += contraOf(entry, "in_flight");
    if (entry.kind === "adjustment")
      decidedMicro += contraOf(entry, "fees") + contraOf(entry, "in_flight");
    if (entry.kind !== "payout" || source.kind !== "payout") continue;
    if (source.payout.state === "confirmed") sums.paidMicro += source.payout.net_micro;
    sums.networkCostSun += source.payout.fee_sun ?? 0n;
  }
  return { ...sums, decidedMicro, inFlightMicro: towardsPayouts - sums.paidMicro };
};

const partOf = {
  reward: "earnedMicro",
  payout: "payoutsMicro",
  payout_reversal: "payoutsMicro",
  forfeit: "forfeitedMicro",
  adjustment: "otherMicro",
  binding: "otherMicro",
  wallet: "otherMicro",
} as const satisfies Record<LedgerEntry["kind"], string>;

/** What each node earned; all of it by beacons, as no other work is proven yet. */
export const earnedByNode = (lines: readonly StatementLine[]): NodeEarnings[] => {
  const byNode = new Map<string, NodeEarnings>();
  for (const { entry, source } of lines) {
    if (source.kind !== "reward") continue;
    const { node_id: nodeId, credits } = source.result;
    const before = byNode.get(nodeId) ?? { nodeId, epochs: 0, credits: 0, earnedMicro: 0n };
    byNode.set(nodeId, {
      nodeId,
      epochs: before.epochs + 1,
      credits: before.credits + credits,
      earnedMicro: before.earnedMicro + BigInt(entry.amount_micro),
    });
  }
  return [...byNode.values()].toSorted((a, b) => (a.nodeId < b.nodeId ? -1 : 1));
};

/** Whether a hold kept payouts waiting at a moment (Unix ms; infinity is now). */
export const heldAt = ({ held_at, opened_at }: HoldDocument, atMs: number): boolean =>
  held_at < atMs && (opened_at ?? Number.POSITIVE_INFINITY) >= atMs;
