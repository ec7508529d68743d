import { holdToView, holdToWords } from "../holds/index.ts";
import type { Network } from "../shared/network.ts";
import { toIso, toIsoOrNull, toSealed, toTrx, toTrxOrNull, toUsdt } from "../shared/view.ts";
import { whyToSentence } from "./ask.ts";
import type { Statement, StatementLine } from "./statement.ts";
import type { Source } from "./statement-sources.ts";
import { toExplorerUrl } from "./views.ts";

export type StatementHead = {
  readonly ownerId: string;
  readonly network: Network;
  readonly address: string;
  readonly nowMs: number;
  readonly explorer: string | undefined;
};

export const statementToView = (statement: Statement, head: StatementHead) => ({
  owner_id: head.ownerId,
  network_id: head.network.networkId,
  address: head.address,
  from:
    statement.fromMs !== null && Number.isFinite(statement.fromMs) ? toIso(statement.fromMs) : null,
  to: toIso(statement.toMs ?? head.nowMs),
  opening_usdt: toUsdt(statement.openingMicro),
  earned_usdt: toUsdt(statement.earnedMicro),
  payouts_usdt: toUsdt(statement.payoutsMicro),
  forfeited_usdt: toUsdt(statement.forfeitedMicro),
  other_usdt: toUsdt(statement.otherMicro),
  closing_usdt: toUsdt(statement.closingMicro),
  paid_usdt: toUsdt(statement.paidMicro),
  in_flight_usdt: toUsdt(statement.inFlightMicro),
  fees_usdt: toUsdt(statement.feesMicro),
  network_cost_trx: toTrx(statement.networkCostSun),
  held_usdt: toUsdt(statement.heldMicro),
  holds: statement.holds.map(holdToView),
  by_node: statement.byNode.map(({ nodeId, epochs, credits, earnedMicro }) => ({
    node_id: nodeId,
    proof: PROOF,
    epochs,
    credits,
    earned_usdt: toUsdt(earnedMicro),
  })),
  adds_up: statement.addsUp,
  lines: statement.lines.map((line) => lineToView(head, line)),
  as_of: toIso(head.nowMs),
});

/** The one kind of work that is proven, and so the one that pays. */
export const PROOF = "uptime_beacon";

const lineToView = (
  { network: { genesis }, explorer }: StatementHead,
  { entry, source, sealedSlot }: StatementLine,
) => ({
  at: toIso(entry.at),
  kind: entry.kind,
  amount_usdt: toUsdt(BigInt(entry.amount_micro)),
  balance_usdt: toUsdt(BigInt(entry.balance_micro)),
  ledger: { account: entry.account, seq: entry.seq, key: entry.key, hash: entry.hash },
  policy: entry.policy,
  sealed: toSealed(genesis, sealedSlot),
  because: explainLine({ entry, source }),
  reward: source.kind === "reward" ? rewardToView(genesis, source) : null,
  payout: source.kind === "payout" ? payoutToView(source, explorer) : null,
});

export const explainLine = ({ entry, source }: Pick<StatementLine, "entry" | "source">): string => {
  if (source.kind === "reward") {
    const { present, eligible, node_id, epoch } = source.result;
    return `Earned by ${node_id} in epoch ${epoch}: ${present} of ${eligible} slots with a beacon.`;
  }
  if (source.kind === "payout") {
    const { net_micro, fee_micro, why } = source.payout;
    if (entry.kind === "payout_reversal") return `Given back. ${why}`;
    return `Payout of ${toUsdt(net_micro)} USDT after a fee of ${toUsdt(fee_micro)} USDT. ${whyToSentence(why)}`;
  }
  if (source.kind === "forfeit") return `Forfeited. The payouts were ${holdToWords(source.hold)}`;
  if (source.kind === "dispute")
    return `What came back of ${source.payout.id}, which was disputed. ${source.payout.why}`;
  if (entry.kind === "adjustment")
    return `Paid outside of the books by transaction ${entry.ref}, as a treasurer recorded.`;
  return "What it comes from is not written yet; that follows within seconds.";
};

const rewardToView = (
  genesis: Network["genesis"],
  { result, epoch }: Extract<Source, { kind: "reward" }>,
) => ({
  epoch: result.epoch,
  proof: PROOF,
  node_id: result.node_id,
  present: result.present,
  eligible: result.eligible,
  credits: result.credits,
  score: result.score,
  budget_usdt: toUsdt(epoch.budget_micro ?? 0n),
  results_root: epoch.root ?? "",
  sealed: toSealed(genesis, result.sealed_slot),
});

const payoutToView = (
  { payout }: Extract<Source, { kind: "payout" }>,
  explorer: string | undefined,
) => ({
  payout_id: payout.id,
  state: payout.state,
  net_usdt: toUsdt(payout.net_micro),
  fee_usdt: toUsdt(payout.fee_micro),
  recipient: payout.recipient,
  txid: payout.txid ?? null,
  block: payout.block ?? null,
  network_cost_trx: toTrxOrNull(payout.fee_sun),
  explorer_url: toExplorerUrl(explorer, payout.txid),
  confirmed_at: toIsoOrNull(payout.state === "confirmed" ? payout.block_at : null),
});
