import type { Collection } from "@lucid/platform/documents";
import { Fault } from "../shared/fault.ts";
import { type SlotDocument, slotId } from "./documents.ts";

export type WaitingSlot = SlotDocument & { readonly body: Uint8Array };

const maxBatchBytes = 1024 * 1024;
const maxBatchSlots = 500;

/** The next sealed slots that the log does not have, in order: few large ones, or many small ones. */
export const nextBatch = async (
  slots: Collection<SlotDocument>,
  { fromSlot, lastSlot }: { readonly fromSlot: number; readonly lastSlot: number },
): Promise<WaitingSlot[]> => {
  const batch: WaitingSlot[] = [];
  let bytes = 0;
  for (
    let slot = fromSlot;
    slot <= lastSlot && batch.length < maxBatchSlots && bytes < maxBatchBytes;
  ) {
    const next = await slots.get(slotId(slot));
    const found = next?.body_bytes === 0 ? await emptyFrom(slots, slot, lastSlot) : [next];
    for (const document of found) {
      const waiting = withBody(document, slot);
      bytes += waiting.body_bytes;
      batch.push(waiting);
      slot += 1;
    }
  }
  return batch;
};

/** A run of slots without leaves, read at once. */
const emptyFrom = async (
  slots: Collection<SlotDocument>,
  fromSlot: number,
  lastSlot: number,
): Promise<SlotDocument[]> => {
  const found = await slots.find({
    where: { body_bytes: 0, slot: { gte: fromSlot, lte: lastSlot } },
    sort: [["slot", "asc"]],
    limit: maxBatchSlots,
  });
  const gap = found.findIndex(({ slot }, i) => slot !== fromSlot + i);
  return gap < 0 ? found : found.slice(0, gap);
};

const withBody = (document: SlotDocument | null | undefined, slot: number): WaitingSlot => {
  if (document?.body_bytes === 0) return { ...document, body: new Uint8Array() };
  if (document?.body !== undefined) return { ...document, body: document.body };
  throw new Fault(
    "sealing.body",
    `the body of slot ${slot} is not in the store, and block-manager has not acknowledged it`,
    { slot },
  );
};
