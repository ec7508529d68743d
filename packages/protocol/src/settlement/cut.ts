import type { Genesis } from "../genesis.ts";
import { firstSlotOf } from "../time.ts";

/** The first slot whose block may be the settlement cut of an epoch: slot index 1 of the epoch after it. */
export function settlesFromSlot(genesis: Genesis, epoch: number): number {
  return firstSlotOf(genesis, epoch + 1) + 1;
}

/**
 * The epochs whose settlement cut a block is, ascending: settlement of e reads what is sealed up to the first block
 * from `settlesFromSlot(e)` on whose backlog is 0, that block included. Mostly none or one; after a backlog that
 * lasted for more than an epoch it is several.
 * @param next the first epoch that no earlier block was the cut of; from the epoch of `first_slot` on
 */
export function epochsCutBy(
  genesis: Genesis,
  next: number,
  block: { slot: number; backlog: number },
): number[] {
  if (block.backlog > 0) return [];
  const latest = Math.floor((block.slot - 1) / genesis.slots_per_epoch) - 1;
  return Array.from({ length: Math.max(0, latest - next + 1) }, (_, i) => next + i);
}
