import { type Receipt, TronError } from "@lucid/tron";
import { toMoment, toUsdt } from "../shared/view.ts";
import { advance, explain } from "./advance.ts";
import { askAny } from "./ask.ts";
import type { PayerContext } from "./contract.ts";
import type { PayoutDocument } from "./documents.ts";
import { expire } from "./expiry.ts";
import { type ChainVerdict, judgeReceipts } from "./judge.ts";
import { learnWallet } from "./learn-wallet.ts";
import { disputeIfPaidTwice } from "./paid-twice.ts";
import { signStored, stored } from "./sign.ts";
import { adviceOnRefusal } from "./signer-advice.ts";

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
  { net_micro, gross_micro }: PayoutDocument,
) => {
  const { kind, receipt } = verdict;
  if (kind === "confirmed") return { state: kind, why: paidWords(net_micro, receipt.blockNumber) };
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
  const unsigned = await send(context, payout);
  return explain(context, payout, unsigned ?? `waits: ${reason}`);
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
  const unsigned = await send(context, payout);
  if (unsigned !== null) return explain(context, payout, unsigned);
  return explain(
    context,
    payout,
    `waits: sent; it counts once its block is solidified, and may enter the chain until ${toMoment(expirationMs)}`,
  );
};

/** The signer does not sign it: asked again with the next run, until the chain's clock says that it is too late. */
export const waitForSigner = async (
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
  if (!solid.ok) return explain(context, payout, solid.why);
  return solid.value.timestampMs > expirationMs ? expire(context, payout) : null;
};

/**
 * Sends the stored bytes to one endpoint after the other, not more often than wanted. The answer decides nothing.
 * Returns what it waits for when the signer does not sign, so that nothing was sent.
 */
export const send = async (
  context: PayerContext,
  payout: PayoutDocument,
): Promise<string | null> => {
  // A Transfer that a person attributed, or one whose bytes were lost with a store.
  if (payout.attributed === true || payout.raw_data === undefined) return null;
  const { payer, options, clock, sentAt, log } = context;
  // The key of a wallet that was left behind is not here; what was sent before may still arrive.
  if (payout.wallet !== payer.signer.address) return null;
  const last = sentAt.get(payout.id);
  const now = clock.monotonic();
  if (last !== undefined && now - last < options.resendMs) return null;
  const signed = await signOrWait(context, payout);
  if (signed.hex === null) return signed.why;
  sentAt.set(payout.id, now);
  const times = Math.floor(now / options.resendMs);
  const chain = payer.chains[times % payer.chains.length] ?? payer.chains[0];
  const answer = await chain.send(signed.hex);
  log.info({ payout: payout.id, txid: payout.txid, answer }, "payout sent");
  return null;
};

type Signed = { readonly hex: string } | { readonly hex: null; readonly why: string };

const signOrWait = async (context: PayerContext, payout: PayoutDocument): Promise<Signed> => {
  try {
    return { hex: await signStored(context, payout) };
  } catch (error) {
    if (!(error instanceof TronError) || !NOT_SIGNED.has(error.code)) throw error;
    context.log.warn({ payout: payout.id, ...error.details }, `not signed: ${error.message}`);
    const advice = adviceOnRefusal(error.details["code"], payout);
    return { hex: null, why: `waits: ${error.message}${advice}` };
  }
};

const NOT_SIGNED: ReadonlySet<string> = new Set(["tron.signer.refused", "tron.signer.unreachable"]);
