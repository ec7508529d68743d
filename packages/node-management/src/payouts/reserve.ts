import type { Policy } from "@lucid/protocol";
import { compareAndSet } from "../shared/compare-and-set.ts";
import { Fault } from "../shared/fault.ts";
import { insertOrFind } from "../shared/written.ts";
import { advance, FENCED } from "./advance.ts";
import type { PayerContext } from "./contract.ts";
import type { PayoutDayDocument, PayoutDocument } from "./documents.ts";
import { dayAndHour, findFullCap } from "./rules.ts";

export type Reserved =
  | { readonly ok: true; readonly payout: PayoutDocument }
  | { readonly ok: false; readonly payout: PayoutDocument; readonly why: string };

type Rules = Policy["payout"];

/**
 * Reserves a payout's gross in all caps at once, by one compare-and-set on the document of its day. The day is written
 * into the payout first, so that a later try finds a reservation it made before, whatever day it is by then.
 */
export const reserve = async (
  context: PayerContext,
  payout: PayoutDocument,
  { rules, chainTimeMs }: { rules: Rules; chainTimeMs: number },
): Promise<Reserved> => {
  if (payout.day !== undefined && (await isReserved(context, payout, payout.day)))
    return { ok: true, payout };
  const { day, hour } = dayAndHour(chainTimeMs);
  const placed = payout.day === day ? payout : await advance(context, payout, { day });
  const { id: payout_id, owner_id, gross_micro } = payout;
  for (;;) {
    const stored = await readDay(context, day);
    if (stored.reservations.some((made) => made.payout_id === payout_id))
      return { ok: true, payout: placed };
    const reservation = { payout_id, owner_id, gross_micro, hour };
    const why = findFullCap(rules, stored.reservations, reservation);
    if (why !== null) return { ok: false, payout: placed, why };
    await addTo(context, stored, reservation);
  }
};

/** Why a payout that is thought of would not fit into the caps now; null when it would. */
export const findReason = async (
  { days }: Pick<PayerContext, "days">,
  wanted: { ownerId: string; grossMicro: bigint; chainTimeMs: number; rules: Rules },
): Promise<string | null> => {
  const { day, hour } = dayAndHour(wanted.chainTimeMs);
  const stored = await days.get(day);
  const reservation = { owner_id: wanted.ownerId, gross_micro: wanted.grossMicro, hour };
  return findFullCap(wanted.rules, stored?.reservations ?? [], reservation);
};

const isReserved = async (
  { days }: PayerContext,
  { id }: PayoutDocument,
  day: string,
): Promise<boolean> =>
  (await days.get(day))?.reservations.some((made) => made.payout_id === id) ?? false;

const readDay = async ({ days, fence }: PayerContext, id: string): Promise<PayoutDayDocument> => {
  const stored = await days.get(id);
  if (stored !== null) return stored;
  return (await insertOrFind(days, { id, revision: 0, fence, reservations: [] })).stored;
};

/** Adds a reservation unless the document has changed meanwhile, which the caller finds by reading again. */
const addTo = async (
  { days, fence }: PayerContext,
  stored: PayoutDayDocument,
  reservation: PayoutDayDocument["reservations"][number],
): Promise<void> => {
  if (stored.fence > fence)
    throw new Fault(FENCED, `the caps of ${stored.id} are kept by another payer`, { fence });
  const { revision, reservations } = stored;
  const patch = { revision: revision + 1, fence, reservations: [...reservations, reservation] };
  await compareAndSet(days, stored.id, patch, { revision });
};
