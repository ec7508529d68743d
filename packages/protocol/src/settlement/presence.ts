import { countBoth, countWithout } from "../beacons/bitmap.ts";
import type { Bitmap } from "../beacons/bitmap.ts";
import type { Genesis } from "../genesis.ts";

/** Which slots of the epoch a node was `active` in and had an accepted beacon in, and its last known time if any. */
export type PresenceEvidence = { active: Bitmap; present: Bitmap; last_time?: number };

/** Slots that count, beacons in them, their ratio in basis points, and whether it could be measured. */
export type Presence = { eligible: number; present: number; time: number; time_known: boolean };

/**
 * Eligible are the active slots less those excused without an accepted beacon: an excuse never counts against a node.
 * When 20 times the active slots without any excuse is below L, time is unknown, and the larger of the measured and
 * the last known value is used.
 * @param slots L, slots_per_epoch
 */
export function measurePresence(
  slots: number,
  evidence: PresenceEvidence,
  excused: Bitmap,
): Presence {
  const { active, last_time } = evidence;
  const unexcused = countWithout(active, excused);
  const present = countBoth(active, evidence.present);
  const presentExcused = countBoth(intersect(active, evidence.present), excused);
  const eligible = unexcused + presentExcused;
  const measured = eligible === 0 ? 0 : Math.floor((10_000 * present) / eligible);
  const isKnown = 20 * unexcused >= slots;
  const time = isKnown ? measured : Math.max(measured, last_time ?? 0);
  return { eligible, present, time, time_known: isKnown };
}

/** How many slots of an epoch lie before the `first_slot` of the network. */
export function slotsBeforeFirst(genesis: Genesis, epoch: number): number {
  const sinceStart = genesis.first_slot - epoch * genesis.slots_per_epoch;
  return Math.min(Math.max(sinceStart, 0), genesis.slots_per_epoch);
}

function intersect(a: Bitmap, b: Bitmap): Bitmap {
  return a.map((byte, i) => byte & (b[i] ?? 0));
}
