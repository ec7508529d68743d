import { createBitmap, setBits } from "../beacons/bitmap.ts";
import type { Bitmap } from "../beacons/bitmap.ts";
import type { Genesis } from "../genesis.ts";
import type { Maintenance } from "../records/types.ts";
import { epochOf, firstSlotOf } from "../time.ts";

/** Whole slots of one node, `to_slot` not included. */
export type SlotSpan = Pick<Maintenance, "from_slot" | "to_slot">;

/** Whether a maintenance record excuses its slots; one that does not is void whole. */
export type MaintenanceVerdict =
  | { ok: true }
  | { ok: false; code: "late" | "too_much"; detail: string };

/** A node may be excused for a sixth of an epoch in any so many consecutive epochs. */
const WINDOW_EPOCHS = 7;

/**
 * Judges a maintenance record ("Excuses" of the protocol): sealed in a block of a slot before its first one, and with
 * the node's valid records sealed before it at most `floor(L/6)` slots, each counted once, in any 7 consecutive epochs.
 * @param valid of the same node, sealed before this one; those that end more than 6 epochs before it change nothing
 * @param sealedSlot the slot of the block that holds the record
 */
export function judgeMaintenance(
  genesis: Genesis,
  valid: readonly SlotSpan[],
  record: SlotSpan,
  sealedSlot: number,
): MaintenanceVerdict {
  if (sealedSlot >= record.from_slot) {
    const detail = `it begins in slot ${record.from_slot} and was sealed in slot ${sealedSlot}: announce it before`;
    return { ok: false, code: "late", detail };
  }
  const most = Math.floor(genesis.slots_per_epoch / 6);
  if (isWithin(genesis, valid, record, most)) return { ok: true };
  const detail = `with it the node has more than ${most} slots of maintenance in ${WINDOW_EPOCHS} epochs`;
  return { ok: false, code: "too_much", detail };
}

/** The slots of an epoch that valid records of one node cover. */
export function maintenanceSlots(
  genesis: Genesis,
  epoch: number,
  valid: readonly SlotSpan[],
): Bitmap {
  const first = firstSlotOf(genesis, epoch);
  const bitmap = createBitmap(genesis.slots_per_epoch);
  for (const { from_slot, to_slot } of valid) {
    const end = Math.min(to_slot - first, genesis.slots_per_epoch);
    setBits(bitmap, Math.max(from_slot - first, 0), end);
  }
  return bitmap;
}

function isWithin(
  genesis: Genesis,
  valid: readonly SlotSpan[],
  record: SlotSpan,
  most: number,
): boolean {
  // Before its slots are listed: a span may be as long as numbers go.
  if (record.to_slot - record.from_slot > most) return false;
  const wanted = slotsOf(record);
  const taken = new Set([...valid.flatMap(slotsOf), ...wanted]);
  const epochs = new Set(wanted.map((slot) => epochOf(genesis, slot)));
  return [...epochs].every((epoch) =>
    Array.from({ length: WINDOW_EPOCHS }, (_, back) => epoch - back).every(
      (from) => countBetween(genesis, taken, from, from + WINDOW_EPOCHS) <= most,
    ),
  );
}

function countBetween(genesis: Genesis, slots: ReadonlySet<number>, from: number, until: number) {
  const [first, end] = [firstSlotOf(genesis, from), firstSlotOf(genesis, until)];
  return [...slots].filter((slot) => slot >= first && slot < end).length;
}

function slotsOf({ from_slot, to_slot }: SlotSpan): number[] {
  return Array.from({ length: to_slot - from_slot }, (_, i) => from_slot + i);
}
