import { equalBytes } from "../bytes.ts";
import { createBitmap, getBit, setBit } from "./bitmap.ts";
import type { Bitmap } from "./bitmap.ts";
import { stepDown } from "./chain.ts";

/** The largest gap that is checked without the node's signature over the beacon. */
export const MAX_UNSIGNED_GAP = 32;

/** What became of a beacon; only `accepted` counts. */
export type BeaconVerdict =
  | "accepted"
  | "duplicate"
  | "stale"
  | "late"
  | "early"
  | "no_commitment"
  | "wrong_reveal"
  | "gap_unsigned"
  | "unknown_node"
  | "not_active"
  | "limited";

/** What a receiver knows of one node in one epoch: the last accepted link c[k] and which slots were accepted. */
export type BeaconState = { anchor: Uint8Array; last: Uint8Array; k: number; accepted: Bitmap };

/** A beacon to be judged: `index` is its slot's index, `reveal` should be c[index+1]. */
export type BeaconClaim = {
  index: number;
  reveal: Uint8Array;
  salt: Uint8Array;
  /** slots_per_epoch */
  slots: number;
  /** whether the node's signature over the beacon was given and holds */
  gapProven: boolean;
  /** whether the slot is no longer open, so that a smaller index than the last accepted comes too late */
  stale: boolean;
};

/** The last accepted link after a beacon. */
export type AcceptedLink = { last: Uint8Array; k: number };

/** A verdict; `next` is there when it is `accepted`. */
export type BeaconJudgement =
  | { verdict: "accepted"; next: AcceptedLink }
  | { verdict: "duplicate" | "stale" | "wrong_reveal" | "gap_unsigned" };

/** The state of a node at the start of an epoch: `(0, anchor)`, nothing accepted. */
export function createBeaconState(anchor: Uint8Array, slots: number): BeaconState {
  return { anchor, last: anchor, k: 0, accepted: createBitmap(slots) };
}

/**
 * Judges a reveal against what was accepted before; changes nothing. With k' = index + 1: above k it is valid if
 * k' - k steps lead from it to c[k]; at k it is a duplicate or wrong; below k it is checked by stepping down from
 * c[k], unless its slot is closed.
 */
export function judgeBeacon(state: BeaconState, claim: BeaconClaim): BeaconJudgement {
  const { index, reveal, salt, slots } = claim;
  const gap = index + 1 - state.k;
  if (!Number.isInteger(index) || index < 0 || index >= slots || reveal.length !== 32)
    return { verdict: "wrong_reveal" };
  if (gap > 0) return judgeNewer(state, claim, gap);
  if (gap < 0 && claim.stale) return { verdict: "stale" };
  if (!equalBytes(stepDown(state.last, salt, -gap), reveal)) return { verdict: "wrong_reveal" };
  if (getBit(state.accepted, index)) return { verdict: "duplicate" };
  return { verdict: "accepted", next: { last: state.last, k: state.k } };
}

/** Writes an accepted beacon into the state, in place. */
export function applyBeacon(state: BeaconState, index: number, next: AcceptedLink): void {
  setBit(state.accepted, index);
  state.last = next.last;
  state.k = next.k;
}

function judgeNewer(
  state: BeaconState,
  { index, reveal, salt, gapProven }: BeaconClaim,
  gap: number,
): BeaconJudgement {
  if (gap > MAX_UNSIGNED_GAP && !gapProven) return { verdict: "gap_unsigned" };
  if (!equalBytes(stepDown(reveal, salt, gap), state.last)) return { verdict: "wrong_reveal" };
  return { verdict: "accepted", next: { last: reveal, k: index + 1 } };
}
