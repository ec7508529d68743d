import { firstU64, fromHex, labelledHash, u64 } from "./bytes.ts";
import type { Genesis } from "./genesis.ts";

/** A span of the receiver's clock in Unix ms: from `fromMs` up to, not including, `untilMs`. */
export type TimeWindow = { fromMs: number; untilMs: number };

/** The slot of a moment (Unix ms): `floor((t - origin_ms) / slot_ms)`; negative before the origin. */
export function slotAt(genesis: Genesis, ms: number): number {
  return Math.floor((ms - genesis.origin_ms) / genesis.slot_ms);
}

/** When a slot begins, Unix ms. */
export function slotStart(genesis: Genesis, slot: number): number {
  return genesis.origin_ms + slot * genesis.slot_ms;
}

/** When a slot ends and the next begins, Unix ms. */
export function slotEnd(genesis: Genesis, slot: number): number {
  return slotStart(genesis, slot + 1);
}

/** The epoch of a slot. */
export function epochOf(genesis: Genesis, slot: number): number {
  return Math.floor(slot / genesis.slots_per_epoch);
}

/** The index of a slot within its epoch, from 0 to slots_per_epoch - 1. */
export function slotIndex(genesis: Genesis, slot: number): number {
  return slot - firstSlotOf(genesis, epochOf(genesis, slot));
}

/** The first slot of an epoch. */
export function firstSlotOf(genesis: Genesis, epoch: number): number {
  return epoch * genesis.slots_per_epoch;
}

/** When a beacon for a slot is accepted: the slot and the grace after it. */
export function acceptanceWindow(genesis: Genesis, slot: number): TimeWindow {
  return { fromMs: slotStart(genesis, slot), untilMs: slotEnd(genesis, slot) + genesis.grace_ms };
}

/**
 * When the commitment for an epoch is accepted: from the last `floor(slots_per_epoch/12)` slots of the epoch before
 * until the grace after its own last slot.
 */
export function commitmentWindow(genesis: Genesis, epoch: number): TimeWindow {
  const opening = firstSlotOf(genesis, epoch) - Math.floor(genesis.slots_per_epoch / 12);
  const last = firstSlotOf(genesis, epoch + 1) - 1;
  return {
    fromMs: slotStart(genesis, opening),
    untilMs: slotEnd(genesis, last) + genesis.grace_ms,
  };
}

/**
 * How long after the start of each slot of an epoch a node sends its beacon, in ms, so that load is flat:
 * `floor(slot_ms/10) + first8(H("lucid/offset/v1\n" ‖ public_key ‖ u64(epoch))) mod floor(7·slot_ms/10)`.
 */
export function beaconOffsetMs(genesis: Genesis, publicKey: string, epoch: number): number {
  const draw = firstU64(labelledHash("offset", fromHex(publicKey, 32), u64(epoch)));
  const spread = Math.floor((7 * genesis.slot_ms) / 10);
  return Math.floor(genesis.slot_ms / 10) + Number(draw % BigInt(spread));
}
