import {
  type Bitmap,
  createBitmap,
  firstSlotOf,
  fromHex,
  type Genesis,
  setBit,
} from "@lucid/protocol";
import { framedBeacon } from "../beacons/index.ts";
import type { RegisteredNode } from "../registry/index.ts";
import { compareAt } from "../shared/compare-at.ts";
import { sortInTurns } from "../shared/sort-in-turns.ts";

const beaconKind = 0x01;
const keyBytes = 32;

export type PresenceDeps = {
  readonly genesis: Genesis;
  readonly nodes: () => readonly RegisteredNode[];
  /** The framed body of a slot; null when it has none here. */
  readonly bodyOf: (slot: number) => Promise<Uint8Array | null>;
};

/**
 * Accepted beacons of an epoch by node id, from sealed bodies alone. Beacons stand in them in the order of their keys,
 * so that one walk along all keys finds those of a slot.
 */
export const readPresence = async (
  { genesis, nodes, bodyOf }: PresenceDeps,
  epoch: number,
): Promise<Map<string, Bitmap>> => {
  const sorted = await sortInTurns(nodes(), (a, b) => (a.publicKey < b.publicKey ? -1 : 1));
  const keys = new Uint8Array(sorted.length * keyBytes);
  for (const [place, { publicKey }] of sorted.entries())
    keys.set(fromHex(publicKey, keyBytes), place * keyBytes);
  const bitmaps = new Map<number, Bitmap>();
  const first = firstSlotOf(genesis, epoch);
  for (let index = 0; index < genesis.slots_per_epoch; index++) {
    const body = await bodyOf(first + index);
    if (body === null) continue;
    eachBeacon(body, keys, (place) => {
      let bitmap = bitmaps.get(place);
      if (bitmap === undefined)
        bitmaps.set(place, (bitmap = createBitmap(genesis.slots_per_epoch)));
      setBit(bitmap, index);
    });
  }
  return new Map(
    [...bitmaps].map(([place, bitmap]) => [(sorted[place] as RegisteredNode).nodeId, bitmap]),
  );
};

/** Calls `visit` with the place, among sorted keys, of every beacon of a body. */
const eachBeacon = (body: Uint8Array, keys: Uint8Array, visit: (place: number) => void): void => {
  const { kind, key, bytes } = framedBeacon;
  const order = (place: number, offset: number): number => {
    const start = place * keyBytes;
    // Behind the last key there is none, which comes last.
    return start >= keys.length ? 1 : compareAt(keys, start, body, offset + key, keyBytes);
  };
  let place = 0;
  for (let offset = 0; body[offset + kind] === beaconKind; offset += bytes) {
    while (order(place, offset) < 0) place += 1;
    if (order(place, offset) === 0) visit(place);
  }
};
