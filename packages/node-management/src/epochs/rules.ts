import {
  type Bitmap,
  createBitmap,
  epochOf,
  firstSlotOf,
  type Genesis,
  getBit,
  setBit,
  slotEnd,
} from "@lucid/protocol";

/** The epoch that the network began in. */
export const firstEpoch = (genesis: Genesis): number => epochOf(genesis, genesis.first_slot);

/** The first slot whose block may end the evidence of an epoch: slot index 1 of the next one. */
export const firstCut = (genesis: Genesis, epoch: number): number =>
  firstSlotOf(genesis, epoch + 1) + 1;

/** When an epoch is settled at the earliest (Unix ms): that slot has ended, with its grace, and is sealed. */
export const settlesAt = (genesis: Genesis, epoch: number): number =>
  slotEnd(genesis, firstCut(genesis, epoch)) + genesis.grace_ms;

/** Slots of an epoch as a bitmap. */
export const markSlots = (genesis: Genesis, epoch: number, slots: Iterable<number>): Bitmap => {
  const marked = createBitmap(genesis.slots_per_epoch);
  for (const slot of slots) setBit(marked, slot - firstSlotOf(genesis, epoch));
  return marked;
};

/** The bits that are set in either bitmap; both have the same length. */
export const union = (a: Bitmap, b: Bitmap): Bitmap => a.map((byte, i) => byte | (b[i] ?? 0));

/** Whether every slot of an epoch since the network began is excused, so that without a beacon nobody has a result. */
export const isWhollyExcused = (genesis: Genesis, epoch: number, excused: Bitmap): boolean => {
  const begun = Math.max(0, genesis.first_slot - firstSlotOf(genesis, epoch));
  for (let index = begun; index < genesis.slots_per_epoch; index++)
    if (!getBit(excused, index)) return false;
  return true;
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
