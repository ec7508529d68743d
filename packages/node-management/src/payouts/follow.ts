import type { Receipt } from "@lucid/tron";
import { toMoment, toUsdt } from "../shared/view.ts";
import { advance, explain } from "./advance.ts";
import type { PayerContext } from "./contract.ts";
import type { PayoutDocument } from "./documents.ts";
import { askAny } from "./gates.ts";
import { type ChainVerdict, judgeReceipts } from "./judge.ts";
import { signStored, stored } from "./sign.ts";

/** One look at a payout that was, or may have been, sent: only the chain decides what became of it. */
export const follow = async (
  context: PayerContext,
  payout: PayoutDocument,
): Promise<PayoutDocument> => {
  const txid = stored(payout, "txid");
  const answers = await Promise.all(context.payer.chains.map((chain) => chain.receipt(txid)));
  const verdict = judgeReceipts(answers, payout);
  if (verdict.kind === "absent") return resend(context, payout);
  if (verdict.kind === "unknown") return waitForChain(context, payout, verdict.reason);
  context.sentAt.delete(payout.id);
  return advance(context, payout, {
    parked: false,
    ...receiptToFields(verdict.receipt),
    ...verdictToFields(verdict, payout),
  });
};

const verdictToFields = (
  verdict: Exclude<ChainVerdict, { kind: "absent" | "unknown" }>,
  { net_micro, gross_micro }: PayoutDocument,
) => {
  const { kind, receipt } = verdict;
  if (kind === "confirmed") {
    const why = `Paid: ${toUsdt(net_micro)} USDT are transferred in solidified block ${receipt.blockNumber}.`;
    return { state: kind, why };
  }
  if (kind === "failed") {
    const why = `The chain did not carry it out (${receipt.result}); ${toUsdt(gross_micro)} USDT go back to the balance.`;
    return { state: kind, why, reversal: "due" as const };
  }
  const why = `A person has to decide: ${verdict.detail}. No other payout is made meanwhile.`;
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
  const solid = await askAny(context, "the newest solidified block", (chain) => chain.solidHead());
  if (!solid.ok) return explain(context, payout, solid.why);
  if (solid.value.timestampMs > expirationMs) return park(context, payout, expirationMs);
  await send(context, payout);
  return explain(
    context,
    payout,
    `waits: sent; it counts once its block is solidified, and may enter the chain until ${toMoment(expirationMs)}`,
  );
};

const park = (
  context: PayerContext,
  payout: PayoutDocument,
  expirationMs: number,
): Promise<PayoutDocument> | PayoutDocument => {
  if (payout.parked) return payout;
  return advance(context, payout, {
    parked: true,
    why:
      `expired on the chain's clock at ${toMoment(expirationMs)} without being seen in a solidified block; waits for proof ` +
      "from two endpoints that it never got in, and is not paid again before",
  });
};

/** Sends the stored bytes to one endpoint after the other, not more often than wanted. The answer decides nothing. */
export const send = async (context: PayerContext, payout: PayoutDocument): Promise<void> => {
  if (payout.attributed === true) return;
  const { payer, options, clock, sentAt, log } = context;
  const last = sentAt.get(payout.id);
  const now = clock.monotonic();
  if (last !== undefined && now - last < options.resendMs) return;
  sentAt.set(payout.id, now);
  const times = Math.floor(now / options.resendMs);
  const chain = payer.chains[times % payer.chains.length] ?? payer.chains[0];
  const answer = await chain.send(signStored(context, payout));
  log.info({ payout: payout.id, txid: payout.txid, answer }, "payout sent");
};
