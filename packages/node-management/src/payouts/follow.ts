import type { Receipt } from "@lucid/tron";
import { toMoment, toUsdt } from "../shared/view.ts";
import { advance, explain } from "./advance.ts";
import { askAny, toWait } from "./ask.ts";
import type { PayerContext } from "./contract.ts";
import type { PayoutDocument } from "./documents.ts";
import { expire } from "./expiry.ts";
import { type ChainVerdict, judgeReceipts } from "./judge.ts";
import { learnWallet } from "./learn-wallet.ts";
import { disputeIfPaidTwice } from "./paid-twice.ts";
import { send } from "./send.ts";
import { stored } from "./sign.ts";

/** One look at a payout that was, or may have been, sent: only the chain decides what became of it. */
export const follow = async (
  context: PayerContext,
  told: PayoutDocument,
): Promise<PayoutDocument> => {
  const answers = await readReceipts(context, told);
  const payout = await learnWallet(context, told, answers);
  const verdict = await disputeIfPaidTwice(context, payout, judgeReceipts(answers, payout));
  if (verdict.kind === "absent") return resend(context, payout);
  if (verdict.kind === "unknown") return waitForChain(context, payout, verdict.reason);
  context.sentAt.delete(payout.id);
  return advance(context, payout, {
    parked: false,
    ...receiptToFields(verdict.receipt),
    ...verdictToFields(verdict, payout),
  });
};

/** What each endpoint shows of the transaction that was, or may have been, sent. */
const readReceipts = ({ payer }: PayerContext, payout: PayoutDocument) => {
  const txid = stored(payout, "txid");
  return Promise.all(payer.chains.map((chain) => chain.receipt(txid)));
};

/** What a payout that arrived says. */
export const paidWords = (netMicro: bigint, block: number): string =>
  `Paid: ${toUsdt(netMicro)} USDT are transferred in solidified block ${block}.`;

const verdictToFields = (
  verdict: Exclude<ChainVerdict, { kind: "absent" | "unknown" }>,
  { id, net_micro, gross_micro }: PayoutDocument,
) => {
  const { kind, receipt } = verdict;
  if (kind === "confirmed") return { state: kind, why: paidWords(net_micro, receipt.blockNumber) };
  if (kind === "failed") {
    const why = `The chain did not carry it out (${receipt.result}); ${toUsdt(gross_micro)} USDT go back to the balance.`;
    return { state: kind, why, reversal: "due" as const };
  }
  const why =
    `A person has to decide: ${verdict.detail}. No other payout is made until two people close it: ` +
    `lucid payouts close ${id} "<reason>" --give-back <usdt>`;
  return { state: kind, why };
};

const waitForChain = async (
  context: PayerContext,
  payout: PayoutDocument,
  reason: string,
): Promise<PayoutDocument> => {
  if (payout.parked) return payout;
  await send(context, payout);
  return explain(context, payout, `waits: ${reason}`);
};

const receiptToFields = (receipt: Receipt) => ({
  block: receipt.blockNumber,
  block_at: receipt.blockTimestampMs,
  chain_result: receipt.result,
  fee_sun: receipt.feeSun,
});

/** Nothing is known of it: sends the same bytes again while they can still enter the chain. */
const resend = async (context: PayerContext, payout: PayoutDocument): Promise<PayoutDocument> => {
  const expirationMs = stored(payout, "expiration_ms");
  const late = await parkIfLate(context, payout);
  if (late !== null) return late;
  await send(context, payout);
  return explain(
    context,
    payout,
    `waits: sent; it counts once its block is solidified, and may enter the chain until ${toMoment(expirationMs)}`,
  );
};

/** It is not signed now: asked for again with the next run, until the chain's clock says that it is too late. */
export const waitUnsigned = async (
  context: PayerContext,
  payout: PayoutDocument,
  why: string,
): Promise<PayoutDocument> =>
  (await findSent(context, payout)) ??
  (await parkIfLate(context, payout)) ??
  explain(context, payout, why);

/** Books that were put back may have sent it before: then the chain shows it, and says what became of it. */
const findSent = async (
  context: PayerContext,
  payout: PayoutDocument,
): Promise<PayoutDocument | null> => {
  const { kind } = judgeReceipts(await readReceipts(context, payout), payout);
  if (kind === "absent" || kind === "unknown") return null;
  return advance(context, payout, {
    state: "broadcast",
    why: "Sent before these books knew it; the chain decides what becomes of it.",
  });
};

/** The payout as it stands once it cannot enter the chain any more, or while nobody tells; null while it can. */
const parkIfLate = async (
  context: PayerContext,
  payout: PayoutDocument,
): Promise<PayoutDocument | null> => {
  const expirationMs = stored(payout, "expiration_ms");
  const solid = await askAny(context, "the newest solidified block", (chain) => chain.solidHead());
  if (!solid.ok) return explain(context, payout, toWait(solid.why));
  return solid.value.timestampMs > expirationMs ? expire(context, payout) : null;
};
