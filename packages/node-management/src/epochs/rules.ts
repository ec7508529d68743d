import {
  type Bitmap,
  createBitmap,
  epochOf,
  firstSlotOf,
  type Genesis,
  getBit,
  setBit,
  slotAt,
  slotEnd,
} from "@lucid/protocol";

/** The epoch that the network began in. */
export const firstEpoch = (genesis: Genesis): number => epochOf(genesis, genesis.first_slot);

/** When an epoch may be settled (Unix ms): slot index 1 of the next one has ended, with its grace. */
export const settlesAt = (genesis: Genesis, epoch: number): number =>
  slotEnd(genesis, firstSlotOf(genesis, epoch + 1) + 1) + genesis.grace_ms;

/** The latest epoch that may be settled at a moment (Unix ms). */
export const latestDue = (genesis: Genesis, nowMs: number): number => {
  const open = epochOf(genesis, slotAt(genesis, nowMs));
  return settlesAt(genesis, open - 1) <= nowMs ? open - 1 : open - 2;
};

/** Slots of an epoch, not before the network began, in which we were deaf. */
export type DeafRange = {
  readonly fromSlot: number;
  /** Not included. */
  readonly toSlot: number;
  readonly deafMs: number;
};

/**
 * Neighbouring deaf slots as ranges. A slot is deaf when `10·deafMs > slot_ms`.
 * @param deafMs of each slot of the epoch, in order
 */
export const findDeafRanges = (
  genesis: Genesis,
  epoch: number,
  deafMs: readonly number[],
): DeafRange[] => {
  const ranges: DeafRange[] = [];
  for (const [index, ms] of deafMs.entries()) {
    const slot = firstSlotOf(genesis, epoch) + index;
    if (slot < genesis.first_slot || 10 * ms <= genesis.slot_ms) continue;
    const last = ranges.at(-1);
    if (last?.toSlot === slot)
      ranges.splice(-1, 1, { ...last, toSlot: slot + 1, deafMs: last.deafMs + ms });
    else ranges.push({ fromSlot: slot, toSlot: slot + 1, deafMs: ms });
  }
  return ranges;
};

/** The slots of an epoch that ranges cover, as a bitmap. */
export const coverSlots = (
  genesis: Genesis,
  epoch: number,
  ranges: readonly { from_slot: number; to_slot: number }[],
): Bitmap => {
  const covered = createBitmap(genesis.slots_per_epoch);
  const first = firstSlotOf(genesis, epoch);
  for (const { from_slot, to_slot } of ranges)
    for (let slot = from_slot; slot < to_slot; slot++) setBit(covered, slot - first);
  return covered;
};

/** How many of the marked slots saw no beacon of any node. */
export const countEmpty = (marked: Bitmap, presence: Iterable<Bitmap>, slots: number): number => {
  const heard = createBitmap(slots);
  for (const present of presence)
    for (const [at, byte] of present.entries()) heard[at] = (heard[at] ?? 0) | byte;
  let empty = 0;
  for (let index = 0; index < slots; index++)
    if (getBit(marked, index) && !getBit(heard, index)) empty += 1;
  return empty;
};
