import { needsPerson } from "@lucid/protocol";
import type { PayerContext } from "./contract.ts";
import type { PayoutDocument } from "./documents.ts";
import { policyOf } from "./policy.ts";
import { MAX_IN_FLIGHT } from "./rules.ts";
import { isSent, isUnfinished, UNFINISHED } from "./states.ts";

/** Oldest first. */
export const readUnfinished = ({
  payouts,
}: Pick<PayerContext, "payouts">): Promise<PayoutDocument[]> =>
  payouts.find({ where: { state: { in: UNFINISHED } }, sort: [["created_at", "asc"]] });

/** For how many more payouts there is room beside those on their way. */
export const readRoom = async (context: PayerContext): Promise<number> => {
  let room = MAX_IN_FLIGHT;
  for (const payout of await readUnfinished(context))
    if (await takesRoom(context, payout)) room -= 1;
  return room;
};

/** What is parked, held, stuck or waits for a person takes none: it holds up nobody. */
export const takesRoom = async (
  context: Pick<PayerContext, "holds" | "policies" | "network" | "clock" | "options">,
  payout: PayoutDocument,
): Promise<boolean> => {
  const { state, parked, gross_micro, owner_id } = payout;
  if (!isUnfinished(payout) || parked) return false;
  if (isSent(payout)) return true;
  if (state !== "approved" && needsPerson(policyOf(context, payout).payout, gross_micro))
    return false;
  if (isStuck(context, payout)) return false;
  return (await context.holds.explain(owner_id)) === null;
};

/** Not signed a period after its debit has lain open in the log for long enough: something of its own is in its way. */
const isStuck = (
  context: Pick<PayerContext, "policies" | "network" | "clock" | "options">,
  payout: PayoutDocument,
): boolean => {
  const { network, clock, options } = context;
  const { unwitnessed_delay_slots } = policyOf(context, payout).payout;
  const openMs = unwitnessed_delay_slots * network.genesis.slot_ms;
  return clock.now() - payout.changed_at > openMs + options.periodMs;
};
