import { firstSlotOf } from "@lucid/protocol";
import type { Genesis } from "@lucid/protocol";

/** The heights of an epoch's blocks, ascending. */
export const epochHeights = (genesis: Genesis, epoch: number): number[] => {
  const first = firstSlotOf(genesis, epoch) - genesis.first_slot;
  const from = Math.max(0, first);
  return Array.from({ length: first + genesis.slots_per_epoch - from }, (_, i) => from + i);
};
