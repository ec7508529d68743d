import { advance, explain } from "./advance.ts";
import { approve } from "./approve.ts";
import type { PayerContext } from "./contract.ts";
import { cancelOf } from "./decisions.ts";
import type { PayoutDocument } from "./documents.ts";
import { follow, waitUnsigned } from "./follow.ts";
import type { RunGate } from "./gates.ts";
import { findKept } from "./kept.ts";
import { prepare } from "./sign.ts";
import { needsSignature, readSignature } from "./signature.ts";
import { stopToWait } from "./stop.ts";

/** Takes a payout one step further; the same document comes back when it waits. While the gate is shut nothing is signed. */
export const step = async (
  context: PayerContext,
  payout: PayoutDocument,
  gate: RunGate,
): Promise<PayoutDocument> => {
  if (payout.state === "broadcast") return follow(context, payout);
  if (payout.state === "signed") return signAndSend(context, payout, gate);
  if (gate.heads === null) {
    const isKept = gate.shut === null || cancelOf(payout) !== null;
    return isKept ? payout : explain(context, payout, stopToWait(gate.shut));
  }
  const kept = await findKept(context, payout);
  if (kept !== null) return kept;
  if (payout.state === "created" || payout.state === "expired")
    return approve(context, payout, gate.heads.head.timestampMs);
  if (payout.state === "approved") return prepare(context, payout, gate.heads);
  return payout;
};

/** The signature is stored before it is sent: whoever sends it again does not ask for it again. */
const signAndSend = async (
  context: PayerContext,
  payout: PayoutDocument,
  gate: RunGate,
): Promise<PayoutDocument> => {
  const onItsWay = {
    state: "broadcast",
    why: "On its way; the chain decides what becomes of it.",
  } as const;
  if (!needsSignature(context, payout)) return advance(context, payout, onItsWay);
  const { hex, why } = await readSignature(context, payout, gate);
  return hex === null
    ? waitUnsigned(context, payout, why)
    : advance(context, payout, { ...onItsWay, signed_data: hex });
};
