import type { Collection, Documents } from "@lucid/platform/documents";
import { type PayoutRecord, slotAt } from "@lucid/protocol";
import { compareAndSet } from "../shared/compare-and-set.ts";
import { Fault } from "../shared/fault.ts";
import type { Network } from "../shared/network.ts";
import type { RecordSource } from "../shared/record-source.ts";
import { indexOfChange, isDone, nextRecords } from "./changes.ts";
import { payoutCollection, type PayoutDocument } from "./documents.ts";

export type PayoutSourceDeps = {
  readonly documents: Pick<Documents, "collection">;
  readonly network: Network;
};

/** The next changes of every payout; sealing writes fields of its own, so that it is in no payer's way. */
export const createPayoutSource = ({
  documents,
  network,
}: PayoutSourceDeps): RecordSource<"payout"> => {
  const payouts = documents.collection(payoutCollection);
  return {
    type: "payout",
    collect: async ({ slot }) => {
      const unsealed = await payouts.find({ where: { is_sealed: false } });
      return unsealed.flatMap((payout) =>
        nextRecords(payout, ({ made_at }) => slotAt(network.genesis, made_at) <= slot),
      );
    },
    mark: async (slot, sealed) => {
      for (const record of sealed) await mark(payouts, record, slot);
    },
  };
};

const mark = async (
  payouts: Collection<PayoutDocument>,
  record: PayoutRecord,
  slot: number,
): Promise<void> => {
  const payout = await payouts.get(record.payout_id);
  const index = payout === null ? -1 : indexOfChange(payout, record);
  if (payout === null || index < 0 || index > payout.sealed_slots.length)
    throw refuse(record, slot, "there is no such change to mark");
  const marked = payout.sealed_slots[index];
  if (marked === slot) return;
  if (marked !== undefined) throw refuse(record, slot, `it stands in the block of slot ${marked}`);
  const { sealed_slots } = payout;
  const swapped = await compareAndSet(
    payouts,
    payout.id,
    { sealed_slots: [...sealed_slots, slot], is_sealed: isDone(payout, index + 1) },
    { sealed_slots },
  );
  if (!swapped.done && swapped.stored?.sealed_slots[index] !== slot)
    throw refuse(record, slot, "another process marked it otherwise");
};

const refuse = ({ payout_id, state, attempt }: PayoutRecord, slot: number, why: string): Fault =>
  new Fault("sealing.twice", `payout ${payout_id}, ${state} ${attempt} in slot ${slot}: ${why}`);
