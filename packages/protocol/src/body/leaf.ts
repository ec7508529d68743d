import { concat, firstSafeU64, u64 } from "../bytes.ts";
import { decode } from "../canonical.ts";
import { ProtocolError } from "../error.ts";
import { parseRecord } from "../records/parse.ts";
import type { SealedRecord } from "../records/types.ts";

/** A beacon: 32 bytes of the node's key and the 32 bytes it revealed. */
export type BeaconLeaf = { kind: "beacon"; publicKey: Uint8Array; reveal: Uint8Array };

/** A node's cosignature of the log's checkpoint of `size`, made at `timeSeconds` (Unix). */
export type CosignatureLeaf = {
  kind: "cosignature";
  publicKey: Uint8Array;
  size: number;
  timeSeconds: number;
  signature: Uint8Array;
};

/** A record of the closed list. */
export type RecordLeaf = { kind: "record" } & SealedRecord;

/** What one leaf of a body says. */
export type Leaf = BeaconLeaf | CosignatureLeaf | RecordLeaf;

const BEACON = 0x01;
const RECORD = 0x02;
const COSIGNATURE = 0x03;
/** A leaf of a beacon: its kind, the key and the reveal. */
export const BEACON_BYTES = 1 + 32 + 32;
const COSIGNATURE_BYTES = 1 + 32 + 8 + 8 + 64;

/** `0x01 ‖ public_key ‖ reveal`; throws `leaf.length` unless both have 32 bytes. */
export function beaconLeaf(publicKey: Uint8Array, reveal: Uint8Array): Uint8Array {
  const leaf = new Uint8Array(1 + publicKey.length + reveal.length);
  return placeBeacon(assertLength(leaf, BEACON_BYTES), publicKey, reveal);
}

/** Writes a beacon's leaf over the 65 bytes of `leaf`, so that thousands of them can share their memory. */
export function placeBeacon(leaf: Uint8Array, publicKey: Uint8Array, reveal: Uint8Array) {
  leaf[0] = BEACON;
  leaf.set(publicKey, 1);
  leaf.set(reveal, 1 + publicKey.length);
  return leaf;
}

/** `0x03 ‖ public_key ‖ u64(size) ‖ u64(time) ‖ signature`; throws `leaf.length` unless it has 113 bytes. */
export function cosignatureLeaf(leaf: Omit<CosignatureLeaf, "kind">): Uint8Array {
  const { publicKey, size, timeSeconds, signature } = leaf;
  const bytes = concat(
    Uint8Array.of(COSIGNATURE),
    publicKey,
    u64(size),
    u64(timeSeconds),
    signature,
  );
  return assertLength(bytes, COSIGNATURE_BYTES);
}

/**
 * What a leaf says. The bytes of a record must be canonical, and it must be one that `parseRecord` takes.
 * Throws `leaf.kind`, `leaf.length`, `bytes.u64` (a number above 2^53-1), `canonical.bytes`, `record.*`.
 */
export function parseLeaf(bytes: Uint8Array): Leaf {
  const kind = bytes[0] ?? 0;
  switch (kind) {
    case BEACON:
      return parseBeacon(assertLength(bytes, BEACON_BYTES));
    case RECORD:
      return { kind: "record", ...parseRecord(decode(bytes.subarray(1))) };
    case COSIGNATURE:
      return parseCosignature(assertLength(bytes, COSIGNATURE_BYTES));
    default:
      throw new ProtocolError("leaf.kind", `there is no leaf of kind ${kind}`);
  }
}

function parseBeacon(bytes: Uint8Array): BeaconLeaf {
  return { kind: "beacon", publicKey: bytes.subarray(1, 33), reveal: bytes.subarray(33) };
}

function parseCosignature(bytes: Uint8Array): CosignatureLeaf {
  return {
    kind: "cosignature",
    publicKey: bytes.subarray(1, 33),
    size: firstSafeU64(bytes.subarray(33)),
    timeSeconds: firstSafeU64(bytes.subarray(41)),
    signature: bytes.subarray(49),
  };
}

function assertLength(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length === length) return bytes;
  throw new ProtocolError("leaf.length", `this leaf has ${length} bytes, not ${bytes.length}`);
}
