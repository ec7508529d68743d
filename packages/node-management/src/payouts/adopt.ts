import { isDeepStrictEqual } from "node:util";
import type { Documents } from "@lucid/platform/documents";
import { needsPerson, type PayoutRecord, payoutKey } from "@lucid/protocol";
import type { Ledger } from "../ledger/index.ts";
import type { Policies } from "../policy/index.ts";
import { type Adopter, type AdoptedSlot, forked } from "../shared/adopt.ts";
import { compareAndSet } from "../shared/compare-and-set.ts";
import { insertOrFind } from "../shared/written.ts";
import { changeToFields, closeOf } from "./adopted-state.ts";
import { changeToRecord, indexOfChange, isDone } from "./changes.ts";
import { payoutDayCollection } from "./days.ts";
import { entryToPayout } from "./debit.ts";
import { payoutCollection, type PayoutDocument } from "./documents.ts";
import { dayOf } from "./rules.ts";
import { SENT } from "./states.ts";

export type PayoutsAdopterDeps = {
  readonly documents: Pick<Documents, "collection">;
  readonly ledger: Pick<Ledger, "byKey" | "entries">;
  readonly policies: Pick<Policies, "version">;
  /** The token that is paid with; null where the settings name none. */
  readonly token: string | null;
};

/** A payout that was signed when the log ended; its bytes are lost. */
export type InFlight = { readonly payoutId: string; readonly txid: string };

export type PayoutsAdopter = Adopter<"payout"> & {
  /** Closes disputes that the log shows closed. Answers what only the chain can tell the end of. */
  finish(): Promise<readonly InFlight[]>;
};

/** No payer has touched it: the first that comes takes it over. */
const NO_FENCE = 0;

/** Payouts with their changes, and what their caps reserved, from the log. Its ledger entries are in the store by then. */
export const createPayoutsAdopter = (deps: PayoutsAdopterDeps): PayoutsAdopter => {
  const { documents, ledger } = deps;
  const payouts = documents.collection(payoutCollection);

  const payoutOf = async ({ payout_id }: PayoutRecord, slot: number): Promise<PayoutDocument> => {
    const stored = await payouts.get(payout_id);
    if (stored !== null) return stored;
    const debit = await ledger.byKey(payoutKey(payout_id));
    if (debit === null) throw forked(slot, `${payout_id}, whose debit is not there`);
    const derived = { ...entryToPayout(debit, NO_FENCE), changes: [] };
    return (await insertOrFind(payouts, derived)).stored;
  };

  const adoptOne = async (record: PayoutRecord, at: AdoptedSlot): Promise<void> => {
    const payout = await payoutOf(record, at.slot);
    const known = indexOfChange(payout, record);
    const index = known < 0 ? payout.changes.length : known;
    const fields = known < 0 ? await changeToFields(deps, payout, record, at) : {};
    const changed = { ...payout, ...fields } as PayoutDocument;
    if (index > payout.sealed_slots.length || !isSaid(changed, index, record))
      throw forked(at.slot, `the changes of ${payout.id}`);
    if (index < payout.sealed_slots.length) return;
    const sealed_slots = [...payout.sealed_slots, at.slot];
    const is_sealed = isDone(changed, sealed_slots.length);
    await compareAndSet(payouts, payout.id, { ...fields, sealed_slots, is_sealed }, {});
    if (record.state === "approved") await reserve(deps, changed, record.at);
  };

  return {
    type: "payout",
    adopt: async (at, sealed) => {
      for (const record of sealed) await adoptOne(record, at);
    },
    finish: async () => {
      for (const { id, closed } of await payouts.find({ where: { state: "disputed" } }))
        if (closed === undefined) await compareAndSet(payouts, id, await closeOf(ledger, id), {});
      const sent = await payouts.find({ where: { state: { in: SENT } } });
      return sent.flatMap(({ id, txid, raw_data }) =>
        txid !== undefined && raw_data === undefined ? [{ payoutId: id, txid }] : [],
      );
    },
  };
};

/** Whether a change of a payout is what the log says of it. */
const isSaid = (payout: PayoutDocument, index: number, record: PayoutRecord): boolean => {
  const change = payout.changes[index];
  return change !== undefined && isDeepStrictEqual(changeToRecord(payout, change), record);
};

/** Keeps the caps of the day that a payout was approved on; once for a payout, however often it was approved. */
const reserve = async (
  { documents, policies }: PayoutsAdopterDeps,
  { id: payout_id, owner_id, gross_micro, policy }: PayoutDocument,
  at: number,
): Promise<void> => {
  const days = documents.collection(payoutDayCollection);
  const rules = policies.version(policy)?.payout;
  const by_person = rules !== undefined && needsPerson(rules, gross_micro);
  const reservation = { payout_id, owner_id, gross_micro, at, by_person };
  const day = { id: dayOf(at), revision: 0, fence: NO_FENCE, reservations: [reservation] };
  const { inserted, stored } = await insertOrFind(days, day);
  if (inserted || stored.reservations.some((made) => made.payout_id === payout_id)) return;
  const reservations = [...stored.reservations, reservation];
  await compareAndSet(days, day.id, { revision: stored.revision + 1, reservations }, {});
};
