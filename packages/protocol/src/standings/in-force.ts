import { createBitmap, setBits } from "../beacons/bitmap.ts";
import type { Bitmap } from "../beacons/bitmap.ts";
import type { Genesis } from "../genesis.ts";
import type { StandingRecord } from "../records/types.ts";
import { firstSlotOf } from "../time.ts";

/** What a node may do. */
export type Standing = StandingRecord["standing"];

/** A standing and the slot of the block that seals it. */
export type SealedStanding = { standing: Standing; sealed_slot: number };

/**
 * What a node's sealed standings say about a slot. Each holds from the slot after its block on; before the first a node
 * is `pending`. Of several in one block the last in body order holds.
 * @param changes of one node in the order of the log
 */
export function standingAt(changes: readonly SealedStanding[], slot: number): Standing {
  return changes.findLast(({ sealed_slot }) => sealed_slot < slot)?.standing ?? "pending";
}

/** What `standingAt` says for every slot of an epoch: a bit is set where the node is active. */
export function activeSlots(
  genesis: Genesis,
  epoch: number,
  changes: readonly SealedStanding[],
): Bitmap {
  const slots = genesis.slots_per_epoch;
  const first = firstSlotOf(genesis, epoch);
  const bitmap = createBitmap(slots);
  for (const [at, { standing, sealed_slot }] of changes.entries()) {
    if (standing !== "active") continue;
    const until = changes[at + 1]?.sealed_slot ?? Infinity;
    setBits(bitmap, Math.max(0, sealed_slot + 1 - first), Math.min(slots, until + 1 - first));
  }
  return bitmap;
}
