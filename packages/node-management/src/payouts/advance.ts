import type { Fields } from "@lucid/platform/documents";
import { compareAndSet } from "../shared/compare-and-set.ts";
import { Fault } from "../shared/fault.ts";
import { latestChange } from "./changes.ts";
import type { PayerContext } from "./contract.ts";
import type { PayoutDocument } from "./documents.ts";

type Patch = Omit<Fields<PayoutDocument>, "id">;

/** Code of the fault when another payer has taken over: the run stops at once. */
export const FENCED = "payouts.fenced";

/**
 * Changes a payout as its only payer: from exactly the state, attempt and fencing token that it was read with, and a
 * new state only from what people had decided by then. What they decide meanwhile comes back, and is looked at first.
 */
export const advance = async (
  { payouts, clock, events, fence }: PayerContext,
  payout: PayoutDocument,
  patch: Patch,
): Promise<PayoutDocument> => {
  const isNewState = patch.state !== undefined && patch.state !== payout.state;
  const swapped = await compareAndSet(
    payouts,
    payout.id,
    isNewState ? { ...patch, ...newState(payout, patch, clock.now()) } : patch,
    {
      state: payout.state,
      attempt: payout.attempt,
      fence,
      ...(isNewState && { decisions: payout.decisions }),
    },
  );
  if (!swapped.done && isDecidedMeanwhile(payout, swapped.stored, fence)) return swapped.stored;
  if (!swapped.done)
    throw new Fault(FENCED, `payout ${payout.id} was changed by another payer`, {
      expected: { state: payout.state, fence },
      stored: { state: swapped.stored?.state, fence: swapped.stored?.fence },
    });
  if (isNewState)
    events.publish({ type: "payout", payout_id: payout.id, state: swapped.document.state });
  return swapped.document;
};

const isDecidedMeanwhile = (
  { state, attempt, decisions }: PayoutDocument,
  stored: PayoutDocument | null,
  fence: number,
): stored is PayoutDocument =>
  stored !== null &&
  stored.state === state &&
  stored.attempt === attempt &&
  stored.fence === fence &&
  stored.decisions.length > decisions.length;

const newState = (payout: PayoutDocument, patch: Patch, nowMs: number) => {
  const after = { ...payout, ...patch, changed_at: nowMs } as PayoutDocument;
  return { changed_at: nowMs, changes: [...payout.changes, ...latestChange(after, nowMs)] };
};

/** Writes down what a payout waits for, when that is news. */
export const explain = async (
  context: PayerContext,
  payout: PayoutDocument,
  why: string,
): Promise<PayoutDocument> => (payout.why === why ? payout : advance(context, payout, { why }));
