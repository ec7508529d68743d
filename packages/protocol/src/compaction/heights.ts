import type { Leaf } from "../body/leaf.ts";
import type { Genesis } from "../genesis.ts";
import { epochOf, firstSlotOf } from "../time.ts";

/** Heights of blocks from `from` up to, not including, `to`. */
export type HeightRange = { from: number; to: number };

/**
 * The blocks that hold leaves of an epoch: its own, and those before it in which commitments for it are accepted.
 */
export function heightsOfEpoch(genesis: Genesis, epoch: number): HeightRange {
  const { first_slot } = genesis;
  const opening = firstSlotOf(genesis, epoch) - commitmentSlots(genesis);
  const end = firstSlotOf(genesis, epoch + 1) - first_slot;
  return { from: Math.max(0, opening - first_slot), to: Math.max(0, end) };
}

/**
 * The epochs whose compacted form is needed to rebuild the block at a height: its own, and the next where commitments
 * for that are accepted. A body may be dropped when all of them are compacted.
 */
export function epochsOfHeight(genesis: Genesis, height: number): number[] {
  const epoch = epochOf(genesis, genesis.first_slot + height);
  return acceptsNextCommitments(genesis, height) ? [epoch, epoch + 1] : [epoch];
}

/** The epoch that a leaf of the block at a height is compacted with. */
export function epochOfLeaf(genesis: Genesis, height: number, leaf: Leaf): number {
  const epoch = epochOf(genesis, genesis.first_slot + height);
  if (leaf.kind !== "record" || leaf.record !== "commitment") return epoch;
  const isForNext = leaf.data.epoch === epoch + 1 && acceptsNextCommitments(genesis, height);
  return isForNext ? epoch + 1 : epoch;
}

/** Whether a block stands in the slots of its epoch in which commitments for the next one are accepted. */
function acceptsNextCommitments(genesis: Genesis, height: number): boolean {
  const slot = genesis.first_slot + height;
  const nextEpoch = firstSlotOf(genesis, epochOf(genesis, slot) + 1);
  return slot >= nextEpoch - commitmentSlots(genesis);
}

/** How many slots before its epoch a commitment is accepted, as in `commitmentWindow`. */
function commitmentSlots({ slots_per_epoch }: Genesis): number {
  return Math.floor(slots_per_epoch / 12);
}
