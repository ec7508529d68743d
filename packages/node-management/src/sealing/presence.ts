import {
  type Bitmap,
  createBitmap,
  firstSlotOf,
  fromHex,
  type Genesis,
  setBit,
} from "@lucid/protocol";
import type { RegisteredNode } from "../registry/index.ts";
import { sortInTurns } from "../shared/sort-in-turns.ts";

const beaconKind = 0x01;
/** Where a framed beacon leaf has what: its length, its kind, its key. */
const at = { kind: 4, key: 5, next: 4 + 65 };
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
  let place = 0;
  for (let offset = 0; body[offset + at.kind] === beaconKind; offset += at.next) {
    while (compareKeys(keys, place * keyBytes, body, offset + at.key) < 0) place += 1;
    if (compareKeys(keys, place * keyBytes, body, offset + at.key) === 0) visit(place);
  }
};

/** Order of two keys where they stand; behind the end of `a` there is none, which comes last. */
const compareKeys = (a: Uint8Array, atA: number, b: Uint8Array, atB: number): number => {
  if (atA >= a.length) return 1;
  for (let i = 0; i < keyBytes; i++) {
    const difference = (a[atA + i] as number) - (b[atB + i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
};
