import { needsPerson, type Policy } from "@lucid/protocol";
import { compareAndSet } from "../shared/compare-and-set.ts";
import { Fault } from "../shared/fault.ts";
import { insertOrFind } from "../shared/written.ts";
import { advance, FENCED } from "./advance.ts";
import type { PayerContext } from "./contract.ts";
import type { PayoutDayDocument, Reservation } from "./days.ts";
import type { PayoutDocument } from "./documents.ts";
import { dayOf, findFullCap } from "./rules.ts";

export type Reserved =
  /** `at` is the chain time of the reservation, Unix ms. */
  | { readonly ok: true; readonly payout: PayoutDocument; readonly at: number }
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
  const before = payout.day === undefined ? null : await findReserved(context, payout, payout.day);
  if (before !== null) return { ok: true, payout, at: before.at };
  const day = dayOf(chainTimeMs);
  const placed = payout.day === day ? payout : await advance(context, payout, { day });
  const { id: payout_id, owner_id, gross_micro } = payout;
  for (;;) {
    const stored = await readDay(context, day);
    const made = reservationOf(stored, payout_id);
    if (made !== null) return { ok: true, payout: placed, at: made.at };
    const by_person = needsPerson(rules, gross_micro);
    const reservation = { payout_id, owner_id, gross_micro, at: chainTimeMs, by_person };
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
  const { ownerId, grossMicro, chainTimeMs } = wanted;
  const stored = await days.get(dayOf(chainTimeMs));
  const reservation = {
    owner_id: ownerId,
    gross_micro: grossMicro,
    at: chainTimeMs,
    by_person: needsPerson(wanted.rules, grossMicro),
  };
  return findFullCap(wanted.rules, stored?.reservations ?? [], reservation);
};

const findReserved = async (
  { days }: PayerContext,
  { id }: PayoutDocument,
  day: string,
): Promise<Reservation | null> => reservationOf(await days.get(day), id);

const reservationOf = (day: PayoutDayDocument | null, payoutId: string): Reservation | null =>
  day?.reservations.find(({ payout_id }) => payout_id === payoutId) ?? null;

const readDay = async ({ days, fence }: PayerContext, id: string): Promise<PayoutDayDocument> => {
  const stored = await days.get(id);
  if (stored !== null) return stored;
  return (await insertOrFind(days, { id, revision: 0, fence, reservations: [] })).stored;
};

/** Adds a reservation unless the document has changed meanwhile, which the caller finds by reading again. */
const addTo = async (
  { days, fence }: PayerContext,
  stored: PayoutDayDocument,
  reservation: Reservation,
): Promise<void> => {
  if (stored.fence > fence)
    throw new Fault(FENCED, `the caps of ${stored.id} are kept by another payer`, { fence });
  const { revision, reservations } = stored;
  const patch = { revision: revision + 1, fence, reservations: [...reservations, reservation] };
  await compareAndSet(days, stored.id, patch, { revision });
};
