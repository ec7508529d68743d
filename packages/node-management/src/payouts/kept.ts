import { explain } from "./advance.ts";
import { readAttribution } from "./attribution.ts";
import type { PayerContext } from "./contract.ts";
import { cancelOf } from "./decisions.ts";
import type { PayoutDocument } from "./documents.ts";

/**
 * The payout as it stays while people cancelled it or hold its owner's pay. What a person attributed to it has left
 * already: it is looked up all the same.
 */
export const findKept = async (
  context: PayerContext,
  payout: PayoutDocument,
): Promise<PayoutDocument | null> => {
  const held = await context.holds.explain(payout.owner_id);
  if (held === null && cancelOf(payout) === null) return null;
  if ((await readAttribution(context, payout)) !== null) return null;
  return held === null ? payout : explain(context, payout, `waits: ${held}`);
};
