import { advance } from "./advance.ts";
import { approve } from "./approve.ts";
import { readAttribution } from "./attribution.ts";
import type { PayerContext } from "./contract.ts";
import { cancelOf } from "./decisions.ts";
import type { PayoutDocument } from "./documents.ts";
import { follow, send, waitForSigner } from "./follow.ts";
import type { Heads } from "./gates.ts";
import { findKept } from "./kept.ts";
import { prepare } from "./sign.ts";

/** Takes a payout one step further; the same document comes back when it waits. Without heads nothing is signed. */
export const step = async (
  context: PayerContext,
  payout: PayoutDocument,
  heads: Heads | null,
): Promise<PayoutDocument> => {
  if (payout.state === "broadcast") return follow(context, payout);
  if (payout.state === "signed") {
    const unsigned =
      cancelToWait(payout) ??
      (await attributionToWait(context, payout)) ??
      (await send(context, payout));
    if (unsigned !== null) return waitForSigner(context, payout, unsigned);
    return advance(context, payout, {
      state: "broadcast",
      why: "On its way; the chain decides what becomes of it.",
    });
  }
  if (heads === null) return payout;
  const kept = await findKept(context, payout);
  if (kept !== null) return kept;
  if (payout.state === "created" || payout.state === "expired")
    return approve(context, payout, heads.head.timestampMs);
  if (payout.state === "approved") return prepare(context, payout, heads);
  return payout;
};

/** What was cancelled is not sent any more; whether it was before, the chain says once its time is over. */
const cancelToWait = (payout: PayoutDocument): string | null => {
  const { by } = cancelOf(payout) ?? {};
  if (by === undefined) return null;
  return `waits: cancelled by ${by}; it is given back once this attempt is provably dead`;
};

/** What a person said was paid by another transaction is not sent beside it. */
const attributionToWait = async (
  context: PayerContext,
  payout: PayoutDocument,
): Promise<string | null> => {
  const paidBy = payout.attributed === true ? null : await readAttribution(context, payout);
  if (paidBy === null) return null;
  return `waits: a person said that transaction ${paidBy.txid} paid it; that one is looked up once this attempt is provably dead`;
};
