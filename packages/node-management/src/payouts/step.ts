import { advance, explain } from "./advance.ts";
import { approve } from "./approve.ts";
import type { PayerContext } from "./contract.ts";
import { cancelOf } from "./decisions.ts";
import type { PayoutDocument } from "./documents.ts";
import { follow, send, waitForSigner } from "./follow.ts";
import type { Heads } from "./gates.ts";
import { prepare } from "./sign.ts";

/** Takes a payout one step further; the same document comes back when it waits. Without heads nothing is signed. */
export const step = async (
  context: PayerContext,
  payout: PayoutDocument,
  heads: Heads | null,
): Promise<PayoutDocument> => {
  if (payout.state === "broadcast") return follow(context, payout);
  if (payout.state === "signed") {
    const unsigned = await send(context, payout);
    if (unsigned !== null) return waitForSigner(context, payout, unsigned);
    return advance(context, payout, {
      state: "broadcast",
      why: "Sent for the first time; the chain decides what becomes of it.",
    });
  }
  if (heads === null || cancelOf(payout) !== null) return payout;
  const held = await findHeld(context, payout);
  if (held !== null) return explain(context, payout, `waits: ${held}`);
  if (payout.state === "created" || payout.state === "expired")
    return approve(context, payout, heads.head.timestampMs);
  if (payout.state === "approved") return prepare(context, payout, heads);
  return payout;
};

/** What people hold it for. A Transfer that a person attributed to it has left already, and is looked up all the same. */
const findHeld = async (
  { holds, treasury }: Pick<PayerContext, "holds" | "treasury">,
  { id, owner_id }: PayoutDocument,
): Promise<string | null> => {
  const held = await holds.explain(owner_id);
  return held === null || (await treasury.attributedTo(id)) !== null ? null : held;
};

/** Steps until the payout waits or is finished. */
export const drive = async (
  context: PayerContext,
  payout: PayoutDocument,
  heads: Heads | null,
): Promise<PayoutDocument> => {
  let current = payout;
  for (;;) {
    const next = await step(context, current, heads);
    if (next.state === current.state) return next;
    current = next;
  }
};
