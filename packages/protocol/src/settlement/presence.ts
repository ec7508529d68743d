import { bitsInByte } from "../beacons/bitmap.ts";
import type { Bitmap } from "../beacons/bitmap.ts";
import type { Genesis } from "../genesis.ts";

/**
 * Which slots of the epoch a node was `active` in and had an accepted beacon in, those excused for it alone (valid
 * maintenance), and its last known time if any.
 */
export type PresenceEvidence = {
  active: Bitmap;
  present: Bitmap;
  maintenance?: Bitmap;
  last_time?: number;
};

/** Slots that count, beacons in them, their ratio in basis points, and whether it could be measured. */
export type Presence = { eligible: number; present: number; time: number; time_known: boolean };

/**
 * Eligible are the active slots less those excused without an accepted beacon: an excuse never counts against a node.
 * When 20 times the active slots without any excuse is below L, time is unknown, and the larger of the measured and
 * the last known value is used.
 * @param slots L, slots_per_epoch
 * @param excused for all nodes
 */
export function measurePresence(
  slots: number,
  evidence: PresenceEvidence,
  excused: Bitmap,
): Presence {
  const { maintenance } = evidence;
  const whole = maintenance === undefined ? excused : union(excused, maintenance);
  const { eligible, present, unexcused } = countSlots(evidence, whole);
  const measured = eligible === 0 ? 0 : Math.floor((10_000 * present) / eligible);
  const isKnown = 20 * unexcused >= slots;
  const time = isKnown ? measured : Math.max(measured, evidence.last_time ?? 0);
  return { eligible, present, time, time_known: isKnown };
}

/** How many slots of an epoch lie before the `first_slot` of the network. */
export function slotsBeforeFirst(genesis: Genesis, epoch: number): number {
  const sinceStart = genesis.first_slot - epoch * genesis.slots_per_epoch;
  return Math.min(Math.max(sinceStart, 0), genesis.slots_per_epoch);
}

/** Eight slots at a time: settlement does this for every node of the network. */
function countSlots({ active, present }: PresenceEvidence, excused: Bitmap) {
  const counts = { eligible: 0, present: 0, unexcused: 0 };
  for (let i = 0; i < active.length; i++) {
    const activeBits = active[i] as number;
    const presentBits = activeBits & (present[i] ?? 0);
    const unexcusedBits = activeBits & ~(excused[i] ?? 0);
    counts.present += bitsInByte(presentBits);
    counts.unexcused += bitsInByte(unexcusedBits);
    counts.eligible += bitsInByte(unexcusedBits | presentBits);
  }
  return counts;
}

function union(one: Bitmap, other: Bitmap): Bitmap {
  return one.map((byte, at) => byte | (other[at] ?? 0));
}
