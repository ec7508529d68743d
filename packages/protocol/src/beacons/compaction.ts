import { concat, firstU64, u64 } from "../bytes.ts";
import { ProtocolError } from "../error.ts";
import { createBitmap, getBit, isBitmap, lastBit } from "./bitmap.ts";
import type { Bitmap } from "./bitmap.ts";
import { step } from "./chain.ts";

/** An epoch of one node's beacons: what is left when everything that can be recomputed is dropped. */
export type CompactEpoch = {
  /** 64 bytes, kind `commitment` */
  commitmentSignature: Uint8Array;
  /** of the block that holds the commitment */
  height: number;
  /** the last reveal (32 bytes), the anchor when there is none */
  last: Uint8Array;
  /** accepted beacons by slot index */
  bitmap: Bitmap;
};

/** An epoch of one node's beacons in full; reveals ascend by slot index. */
export type ExpandedEpoch = {
  commitmentSignature: Uint8Array;
  height: number;
  anchor: Uint8Array;
  bitmap: Bitmap;
  reveals: { index: number; reveal: Uint8Array }[];
};

const HEAD_BYTES = 64 + 8 + 32;

/** `signature ‖ u64(height) ‖ last ‖ bitmap`: 194 bytes for 720 slots. Throws `compaction.length`. */
export function compactEpoch({
  commitmentSignature,
  height,
  last,
  bitmap,
}: CompactEpoch): Uint8Array {
  if (commitmentSignature.length !== 64 || last.length !== 32) {
    throw new ProtocolError(
      "compaction.length",
      "a commitment signature has 64 bytes and a reveal 32",
    );
  }
  return concat(commitmentSignature, u64(height), last, bitmap);
}

/**
 * The inverse of `compactEpoch`: earlier reveals and the anchor are recomputed from the last one.
 * Throws `compaction.length` for another length, `compaction.spare_bits` when a bit beyond `slots` is set.
 */
export function expandEpoch(
  bytes: Uint8Array,
  { salt, slots }: { salt: Uint8Array; slots: number },
): ExpandedEpoch {
  const bitmap = bytes.slice(HEAD_BYTES);
  if (bytes.length < HEAD_BYTES || bitmap.length !== createBitmap(slots).length) {
    throw new ProtocolError(
      "compaction.length",
      `an epoch of ${slots} slots is not ${bytes.length} bytes long`,
    );
  }
  if (!isBitmap(bitmap, slots))
    throw new ProtocolError("compaction.spare_bits", `a bit beyond ${slots} slots is set`);
  const { anchor, reveals } = unwind(bytes.slice(72, HEAD_BYTES), bitmap, salt);
  const height = Number(firstU64(bytes.subarray(64)));
  return { commitmentSignature: bytes.slice(0, 64), height, anchor, bitmap, reveals };
}

function unwind(
  last: Uint8Array,
  bitmap: Bitmap,
  salt: Uint8Array,
): Pick<ExpandedEpoch, "anchor" | "reveals"> {
  const reveals: ExpandedEpoch["reveals"] = [];
  let link = last;
  const newest = lastBit(bitmap);
  for (let index = newest; index >= 0; index--) {
    if (getBit(bitmap, index)) reveals.push({ index, reveal: link });
    link = step(link, salt);
  }
  return { anchor: link, reveals: reveals.toReversed() };
}
