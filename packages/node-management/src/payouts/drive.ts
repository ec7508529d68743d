import { Fault } from "../shared/fault.ts";
import { explain, FENCED } from "./advance.ts";
import type { PayerContext } from "./contract.ts";
import type { PayoutDocument } from "./documents.ts";
import type { RunGate } from "./gates.ts";
import { isUnfinished } from "./states.ts";
import { step } from "./step.ts";

/** One payout that cannot go on does not hold up the others; a lost lease ends the run. */
export const driveOrExplain = async (
  context: PayerContext,
  payout: PayoutDocument,
  gate: RunGate,
): Promise<PayoutDocument> => {
  try {
    return await drive(context, payout, gate);
  } catch (error) {
    if (error instanceof Fault && error.code === FENCED) throw error;
    context.log.error({ err: error, payout: payout.id }, "a payout could not go on");
    const current = (await context.payouts.get(payout.id)) ?? payout;
    if (!isUnfinished(current)) return current;
    return explain(context, current, "waits: something broke on our side; the log has the cause");
  }
};

/** Steps until the payout waits or is finished. */
const drive = async (
  context: PayerContext,
  payout: PayoutDocument,
  gate: RunGate,
): Promise<PayoutDocument> => {
  let current = payout;
  for (;;) {
    const next = await step(context, current, gate);
    if (next.state === current.state) return next;
    current = next;
  }
};
