import { toIso, toIsoOrNull, toSealed, toUsdt, toUsdtOrNull } from "../shared/view.ts";
import type { Genesis } from "@lucid/protocol";
import type { Payouts } from "./contract.ts";
import { attemptOf } from "./decisions.ts";
import type { PayoutDocument } from "./documents.ts";

export type PayoutViewDeps = {
  readonly network: { readonly genesis: Genesis };
  readonly explorer: string | undefined;
};

export const createPayoutToView =
  ({ network: { genesis }, explorer }: PayoutViewDeps) =>
  (payout: PayoutDocument) => ({
    payout_id: payout.id,
    owner_id: payout.owner_id,
    state: payout.state,
    why: payout.why,
    attempt: payout.attempt,
    attempt_to_decide: attemptOf(payout),
    recipient: payout.recipient,
    gross_usdt: toUsdt(payout.gross_micro),
    net_usdt: toUsdt(payout.net_micro),
    fee_usdt: toUsdt(payout.fee_micro),
    wallet: payout.wallet ?? null,
    txid: payout.txid ?? null,
    block: payout.block ?? null,
    explorer_url: toExplorerUrl(explorer, payout.txid),
    unwitnessed: payout.unwitnessed,
    changes: payout.changes.map(({ state, attempt, at }, i) => ({
      state,
      attempt,
      at: toIso(at),
      sealed: toSealed(genesis, payout.sealed_slots[i]),
    })),
    decisions: payout.decisions.map(decisionToView),
    closed: closedToView(payout.closed),
    sealed: toSealed(genesis, payout.sealed_slots[payout.changes.length - 1]),
    policy: payout.policy,
    created_at: toIso(payout.created_at),
    changed_at: toIso(payout.changed_at),
  });

export const toExplorerUrl = (
  explorer: string | undefined,
  txid: string | undefined,
): string | null =>
  explorer === undefined || txid === undefined ? null : `${explorer}/transaction/${txid}`;

const decisionToView = (decision: PayoutDocument["decisions"][number]) => ({
  act: decision.act,
  by: decision.by,
  at: toIso(decision.at),
  reason: decision.reason,
  attempt: decision.attempt,
  give_back_usdt: toUsdtOrNull(decision.back_micro),
  txid: decision.txid ?? null,
});

const closedToView = (closed: PayoutDocument["closed"]) =>
  closed === undefined
    ? null
    : {
        by: [...closed.by],
        at: toIso(closed.at),
        reason: closed.reason,
        give_back_usdt: toUsdt(closed.back_micro),
      };

export const scheduleToView = (
  payouts: Pick<Payouts, "state" | "schedule">,
  { periodMs, nowMs }: { periodMs: number; nowMs: number },
) => {
  const { state, reason } = payouts.state();
  const { lastRunMs, nextRunMs } = payouts.schedule();
  return {
    state,
    reason,
    period_s: Math.round(periodMs / 1000),
    last_run_at: toIsoOrNull(lastRunMs),
    next_run_at: toIsoOrNull(nextRunMs),
    as_of: toIso(nowMs),
  };
};
