import { setImmediate as nextTurn } from "node:timers/promises";
import { type LedgerEntry, needsPerson, ownerAccount, type Policy, slotAt } from "@lucid/protocol";
import type { Owner } from "../registry/index.ts";
import { toUsdt } from "../shared/view.ts";
import { whyToSentence } from "./ask.ts";
import type { PayerContext } from "./contract.ts";
import type { Due } from "./debit.ts";
import { isRetried } from "./decisions.ts";
import type { PayoutDocument } from "./documents.ts";
import { findReason } from "./reserve.ts";
import { dueFrom, grossOf, MAX_RETRIES } from "./rules.ts";
import { isSent, UNFINISHED } from "./states.ts";
import { readThreshold } from "./thresholds.ts";

export type DueContext = Pick<
  PayerContext,
  "registry" | "ledger" | "network" | "clock" | "holds" | "payouts" | "days" | "thresholds"
>;

/** Either a payout that may be made now, or one sentence about what the owner waits for. */
export type DueVerdict = { readonly due: Due } | { readonly waits: string };

const PER_TURN = 200;

/** Owners that may be paid now, longest wait first. */
export const findDue = async (
  context: DueContext,
  policy: Policy,
  chainTimeMs: number,
): Promise<Due[]> => {
  const found: Due[] = [];
  for (const [position, owner] of context.registry.owners().entries()) {
    if (position % PER_TURN === 0) await nextTurn();
    const verdict = await judgeBalance(context, owner, { policy, chainTimeMs });
    if ("due" in verdict && (await findObstacle(context, owner.ownerId)) === null)
      found.push(verdict.due);
  }
  return found.toSorted((a, b) => a.sinceMs - b.sinceMs);
};

/** Whether an owner may be paid now, or what it waits for, when nothing else stands before it. */
export const judgeBalance = async (
  context: DueContext,
  owner: Owner,
  { policy, chainTimeMs }: { policy: Policy; chainTimeMs: number },
): Promise<DueVerdict> => {
  const { ledger } = context;
  const { ownerId, address } = owner;
  if (context.registry.addresses.awaitingSeal(ownerId) !== null) return { waits: AWAITS_SEAL };
  const account = ownerAccount(ownerId);
  const last = await ledger.last(account);
  const balance = BigInt(last?.balance_micro ?? "0");
  if (last === null || balance < BigInt(policy.payout.minimum_micro))
    return { waits: `${belowThreshold(balance, BigInt(policy.payout.threshold_micro))}.` };

  const before = await readLastDebit(context, ownerId);
  const restMicro = BigInt(before?.balance_micro ?? "0");
  const wishMicro = await readThreshold(context.thresholds, ownerId);
  const from = dueFrom(policy, { isRetired: isRetired(context, owner), restMicro, wishMicro });
  if (balance < from)
    return {
      waits:
        belowThreshold(balance, from) +
        (from === wishMicro ? " (the owner's own threshold)." : "."),
    };

  const grossMicro = grossOf(policy.payout, balance);
  const blocked =
    (await findFailures(context, address)) ??
    (await findCap(context, { ownerId, grossMicro, chainTimeMs, rules: policy.payout }));
  if (blocked !== null) return { waits: blocked };
  const [first] = await ledger.entries(account, { fromSeq: (before?.seq ?? -1) + 1, limit: 1 });
  return {
    due: { ownerId, recipient: address, last, grossMicro, sinceMs: first?.at ?? last.at },
  };
};

const AWAITS_SEAL =
  "A change of the address, or the word that takes one back, is on its way into a block; that takes a slot or two.";

const belowThreshold = (balance: bigint, from: bigint): string =>
  `The balance is ${toUsdt(balance)} USDT; a payout is made from ${toUsdt(from)} USDT on`;

/** The ledger's entry of an owner's latest payout. */
const readLastDebit = async (
  { payouts, ledger }: DueContext,
  ownerId: string,
): Promise<LedgerEntry | null> => {
  const where = { owner_id: ownerId };
  const [latest] = await payouts.find({ where, sort: [["created_at", "desc"]], limit: 1 });
  return latest === undefined ? null : ledger.entry(latest.account, latest.seq);
};

const isRetired = ({ registry, network, clock }: DueContext, owner: Owner): boolean => {
  const slot = slotAt(network.genesis, clock.now());
  return owner.nodeIds.every((nodeId) => registry.standingAt(nodeId, slot) === "retired");
};

/** What stands before any new payout of an owner, as a sentence: a payout that was sent, a hold, one that waits. */
export const findObstacle = async (
  { holds, payouts }: Pick<DueContext, "holds" | "payouts">,
  ownerId: string,
): Promise<string | null> => {
  const open = await findUnfinished(payouts, ownerId);
  // What was sent arrives, whatever is decided now.
  if (open !== null && isSent(open)) return unfinishedToWords(open);
  const held = await holds.explain(ownerId);
  if (held !== null) return `The payouts of this owner are ${held}`;
  return open === null ? null : unfinishedToWords(open);
};

/** One payout at a time for each owner; one that is parked holds up nobody. */
const findUnfinished = async (
  payouts: DueContext["payouts"],
  ownerId: string,
): Promise<PayoutDocument | null> => {
  const where = { owner_id: ownerId, state: { in: UNFINISHED } };
  return (await payouts.find({ where })).find(({ parked }) => !parked) ?? null;
};

const unfinishedToWords = ({ gross_micro, why }: PayoutDocument): string =>
  `A payout of ${toUsdt(gross_micro)} USDT is on its way. ${whyToSentence(why)}`;

const findFailures = async ({ payouts }: DueContext, recipient: string): Promise<string | null> => {
  const where = { recipient };
  const latest = await payouts.find({
    where,
    sort: [["created_at", "desc"]],
    limit: MAX_RETRIES + 1,
  });
  const [last] = latest;
  if (last === undefined || latest.length <= MAX_RETRIES) return null;
  if (latest.some((payout) => payout.state !== "failed" || isRetried(payout))) return null;
  return (
    `The last ${latest.length} payouts to this address failed, and the money is in the balance again; ` +
    `the next is made once a treasurer has looked: lucid payouts retry ${last.id} "<reason>".`
  );
};

/** Why the caps leave no room for a payout now; null when they do, or when a person decides. */
export const findCap = async (
  context: Pick<PayerContext, "days">,
  wanted: { ownerId: string; grossMicro: bigint; chainTimeMs: number; rules: Policy["payout"] },
): Promise<string | null> => {
  if (needsPerson(wanted.rules, wanted.grossMicro)) return null;
  const full = await findReason(context, wanted);
  return full === null ? null : `The balance is due, but ${full}.`;
};
