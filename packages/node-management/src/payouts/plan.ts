import { needsPerson, type PayoutRules, splitPayout } from "@lucid/protocol";
import type { PayerContext } from "./contract.ts";
import { type Costs, readCosts } from "./costs.ts";
import { findDue } from "./due.ts";
import type { Reservation } from "./days.ts";
import { policyNow } from "./policy.ts";
import { dayOf, findFullCap } from "./rules.ts";
import { UNSIGNED } from "./states.ts";

/** A payout that is decided and not signed, or one that the next run would decide. */
export type PlannedPayout = {
  /** Null before it is decided. */
  readonly payoutId: string | null;
  readonly ownerId: string;
  readonly recipient: string;
  readonly grossMicro: bigint;
  readonly netMicro: bigint;
  readonly feeMicro: bigint;
  /** What it waits for; null when it goes with the next run. */
  readonly waits: string | null;
};

export type Plan = {
  readonly payouts: readonly PlannedPayout[];
  /** Of those that go with the next run. */
  readonly costs: Costs;
};

export type PlanContext = Pick<
  PayerContext,
  | "registry"
  | "ledger"
  | "network"
  | "clock"
  | "holds"
  | "policies"
  | "payouts"
  | "days"
  | "thresholds"
  | "payer"
>;

/** What the next run would do, before it runs; nothing is written. */
export const readPlan = async (context: PlanContext): Promise<Plan> => {
  const payouts = [...(await readDecided(context)), ...(await readDue(context))];
  const going = payouts.filter(({ waits }) => waits === null);
  return { payouts, costs: await readCosts(context, going) };
};

const readDecided = async ({ payouts }: PlanContext): Promise<PlannedPayout[]> => {
  const unsigned = await payouts.find({
    where: { state: { in: UNSIGNED } },
    sort: [["created_at", "asc"]],
  });
  return unsigned.map((payout) => ({
    payoutId: payout.id,
    ownerId: payout.owner_id,
    recipient: payout.recipient,
    grossMicro: payout.gross_micro,
    netMicro: payout.net_micro,
    feeMicro: payout.fee_micro,
    waits: payout.why.startsWith("waits:") ? payout.why : null,
  }));
};

/** Owners who are due, one after the other against what is left of the caps. */
const readDue = async (context: PlanContext): Promise<PlannedPayout[]> => {
  const policy = policyNow(context);
  const nowMs = context.clock.now();
  const reserved = [...((await context.days.get(dayOf(nowMs)))?.reservations ?? [])];
  return (await findDue(context, policy, nowMs)).map(({ ownerId, recipient, grossMicro }) => {
    const { net: netMicro, fee: feeMicro } = splitPayout(policy, grossMicro);
    const waits = reserveInMind(policy.payout, reserved, { ownerId, grossMicro, atMs: nowMs });
    return { payoutId: null, ownerId, recipient, grossMicro, netMicro, feeMicro, waits };
  });
};

const reserveInMind = (
  rules: PayoutRules,
  reserved: Reservation[],
  { ownerId, grossMicro, atMs }: { ownerId: string; grossMicro: bigint; atMs: number },
): string | null => {
  const by_person = needsPerson(rules, grossMicro);
  if (by_person) return "waits: a person has to approve it once it is decided";
  const wanted = { payout_id: "", owner_id: ownerId, gross_micro: grossMicro, at: atMs, by_person };
  const full = findFullCap(rules, reserved, wanted);
  if (full !== null) return `waits: ${full}`;
  reserved.push(wanted);
  return null;
};

/**
 * From which gross on the fee pays what a transfer costs. Null when no payout's fee does.
 * Source of the fee: payout rules of the policy, min(max, max(min, ceil(gross * bp / 10000))).
 */
export const breakEvenMicro = (rules: PayoutRules, costMicro: bigint): bigint | null => {
  if (costMicro > BigInt(rules.fee_max_micro)) return null;
  if (costMicro <= BigInt(rules.fee_min_micro)) return BigInt(rules.minimum_micro);
  if (rules.fee_bp === 0) return null;
  return ((costMicro - 1n) * 10_000n) / BigInt(rules.fee_bp) + 1n;
};
