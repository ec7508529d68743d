import { readAttribution } from "./attribution.ts";
import type { PayerContext } from "./contract.ts";
import type { PayoutDocument } from "./documents.ts";
import type { ChainVerdict } from "./judge.ts";

/**
 * The verdict about a payout's own transaction, next to what people said: where another one paid it, what both came to
 * is for a person to settle. That word is taken while nobody knows whether the own one was sent, so both may arrive.
 */
export const disputeIfPaidTwice = async (
  context: Pick<PayerContext, "treasury">,
  payout: PayoutDocument,
  verdict: ChainVerdict,
): Promise<ChainVerdict> => {
  if (verdict.kind !== "confirmed" && verdict.kind !== "failed") return verdict;
  const { txid } = payout;
  const other = await readAttribution(context, payout);
  if (other === null || other.txid === txid) return verdict;
  const { kind, receipt } = verdict;
  const words = kind === "confirmed" ? "paid it as well" : `failed (${receipt.result})`;
  const detail =
    `a person said that transaction ${other.txid} paid it, and its own ${txid} ${words}; ` +
    `give 0 back ${advice[kind]}`;
  return { kind: "disputed", receipt, detail };
};

const advice = {
  confirmed: "once you have asked for the surplus back, or let it go",
  failed: "once you have seen that the other one arrived",
} as const;
