import { BEACON_BYTES, placeBeacon } from "@lucid/protocol";
import { compareAt } from "../shared/compare-at.ts";
import { sortInTurns } from "../shared/sort-in-turns.ts";

/** Where the framed leaf of a beacon has its kind and its key, and how long it is. */
export const framedBeacon = { kind: 4, key: 5, bytes: 4 + BEACON_BYTES } as const;

/** Beacons on their way into a body, side by side: ten thousand of them are one object. */
export type BeaconLeaves = {
  add(publicKey: Uint8Array, reveal: Uint8Array): void;
  /** Framed leaves in the order of their keys, each once. */
  toBody(): Promise<Uint8Array>;
};

/** @param most how many may be added */
export const createBeaconLeaves = (most: number): BeaconLeaves => {
  const { kind, bytes } = framedBeacon;
  const leaves = new Uint8Array(most * bytes);
  const lengths = new DataView(leaves.buffer);
  let end = 0;
  const compare = (a: number, b: number): number => compareAt(leaves, a, leaves, b, bytes);

  return {
    add: (publicKey, reveal) => {
      lengths.setUint32(end, BEACON_BYTES);
      placeBeacon(leaves.subarray(end + kind), publicKey, reveal);
      end += bytes;
    },
    toBody: async () => {
      const starts = Array.from({ length: end / bytes }, (_, i) => i * bytes);
      const sorted = await sortInTurns(starts, compare);
      const once = sorted.filter((start, i) => i === 0 || compare(sorted[i - 1] ?? 0, start) !== 0);
      const body = new Uint8Array(once.length * bytes);
      for (const [i, start] of once.entries())
        body.set(leaves.subarray(start, start + bytes), i * bytes);
      return body;
    },
  };
};
