import {
  type LedgerEntry,
  ownerAccount,
  payoutId,
  payoutKey,
  type Policy,
  slotAt,
  splitPayout,
} from "@lucid/protocol";
import { contraOf } from "../ledger/index.ts";
import { Fault } from "../shared/fault.ts";
import { toUsdt } from "../shared/view.ts";
import { insertOrFind } from "../shared/written.ts";
import { latestChange } from "./changes.ts";
import type { PayerContext } from "./contract.ts";
import type { PayoutDocument } from "./documents.ts";

/** A payout that an owner is due, decided on the last entry of its account. */
export type Due = {
  readonly ownerId: string;
  readonly recipient: string;
  readonly last: LedgerEntry;
  readonly grossMicro: bigint;
  /** Unix ms since when it has waited. */
  readonly sinceMs: number;
};

/** Debits the owner: this entry is the decision to pay. Null when it is void, as something that it was judged by has moved on. */
export const debit = async (
  context: PayerContext,
  due: Due,
  policy: Policy,
): Promise<PayoutDocument | null> => {
  const { ledger, clock, network, policies, registry, holds, events } = context;
  const at = clock.now();
  // Judged by a policy that was replaced meanwhile: to be judged again.
  if (policies.forSlot(slotAt(network.genesis, at)).version !== policy.version) return null;
  // So is one whose address was left behind meanwhile, or may have been.
  const { addresses } = registry;
  if (addresses.addressAt(due.ownerId, at) !== due.recipient) return null;
  if (addresses.awaitingSeal(due.ownerId) !== null) return null;
  // And one whose owner is held by now: what is forfeited is taken from the balance.
  if ((await holds.explain(due.ownerId)) !== null) return null;
  const account = ownerAccount(due.ownerId);
  const seq = due.last.seq + 1;
  const { net, fee } = splitPayout(policy, due.grossMicro);
  const appended = await ledger.append({
    account,
    seq,
    key: payoutKey(payoutId(network.networkId, account, seq)),
    amountMicro: -due.grossMicro,
    contra: [
      { account: "in_flight", amountMicro: net },
      { account: "fees", amountMicro: fee },
    ],
    ref: due.recipient,
    policy: policy.version,
    at,
  });
  if (appended.outcome === "moved" || appended.outcome === "short") return null;
  if (appended.outcome === "conflict") throw new Fault(appended.code, appended.detail);
  const payout = await derive(context, appended.entry);
  events.publish({ type: "payout", payout_id: payout.id, state: payout.state });
  return payout;
};

/** Writes the document of a payout that the ledger decided; finds it when it is there. */
const derive = async (
  { payouts, fence }: PayerContext,
  entry: LedgerEntry,
): Promise<PayoutDocument> => {
  const { stored } = await insertOrFind(payouts, entryToPayout(entry, fence));
  return stored;
};

/** Derives every payout whose document a crash left unwritten: there are as many documents as debits, once none is without. */
export const deriveMissing = async (context: PayerContext): Promise<void> => {
  const { ledger, payouts } = context;
  const isWhole = async () =>
    (await payouts.count()) >= (await ledger.listOfKind("payout", { limit: 1 })).total;
  for (let page = 1; !(await isWhole()); page++) {
    const { items } = await ledger.listOfKind("payout", { page, limit: PAGE });
    if (items.length === 0) return;
    for (const entry of items) await derive(context, entry);
  }
};

const PAGE = 100;

/**
 * Those whose debit the ledger holds. A document without one was written by a process that did not know that the books
 * were put back meanwhile: no debit decided it, so it is removed before anybody decides about it.
 */
export const dropUndecided = async (
  { ledger, payouts, log }: Pick<PayerContext, "ledger" | "payouts" | "log">,
  unfinished: readonly PayoutDocument[],
): Promise<PayoutDocument[]> => {
  const decided: PayoutDocument[] = [];
  for (const payout of unfinished) {
    const isDecided =
      payout.state !== "created" || (await ledger.byKey(payoutKey(payout.id))) !== null;
    if (isDecided) decided.push(payout);
    else {
      await payouts.remove(payout.id, { expect: { state: "created" } });
      log.warn({ payout: payout.id }, "a payout that no debit decided was removed");
    }
  }
  return decided;
};

export const entryToPayout = (entry: LedgerEntry, fence: number): PayoutDocument => {
  const grossMicro = -BigInt(entry.amount_micro);
  const payout = {
    id: entry.key.replace("payout:", ""),
    owner_id: entry.account.replace("owner:", ""),
    account: entry.account,
    seq: entry.seq,
    recipient: entry.ref ?? "",
    gross_micro: grossMicro,
    net_micro: contraOf(entry, "in_flight"),
    fee_micro: contraOf(entry, "fees"),
    policy: entry.policy,
    created_at: entry.at,
    state: "created" as const,
    why: `Decided: ${toUsdt(grossMicro)} USDT left the balance; it waits for the next step.`,
    fence,
    changed_at: entry.at,
    parked: false,
    reversal: "none" as const,
    attempt: 0,
    decisions: [],
    expiries: [],
    sealed_slots: [],
    is_sealed: false,
    unwitnessed: false,
  };
  return { ...payout, changes: latestChange(payout, entry.at) };
};
