import { concat, firstSafeU64, u64 } from "../bytes.ts";
import { ProtocolError } from "../error.ts";
import { getBit, isBitmap, lastBit } from "./bitmap.ts";
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
  reveals: Reveal[];
};

/** What a node revealed in the slot with this index. */
export type Reveal = { index: number; reveal: Uint8Array };

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
 * The parts in the bytes of `compactEpoch`.
 * Throws `compaction.length` for another length, `compaction.spare_bits` when a bit beyond `slots` is set.
 */
export function parseCompactEpoch(bytes: Uint8Array, slots: number): CompactEpoch {
  const bitmap = bytes.slice(HEAD_BYTES);
  if (bytes.length !== compactEpochLength(slots)) {
    throw new ProtocolError(
      "compaction.length",
      `an epoch of ${slots} slots is not ${bytes.length} bytes long`,
    );
  }
  if (!isBitmap(bitmap, slots))
    throw new ProtocolError("compaction.spare_bits", `a bit beyond ${slots} slots is set`);
  return {
    commitmentSignature: bytes.slice(0, 64),
    height: firstSafeU64(bytes.subarray(64)),
    last: bytes.slice(72, HEAD_BYTES),
    bitmap,
  };
}

/** How many bytes `compactEpoch` makes of an epoch of `slots` slots. */
export function compactEpochLength(slots: number): number {
  return HEAD_BYTES + Math.ceil(slots / 8);
}

/**
 * The inverse of `compactEpoch`: earlier reveals and the anchor are recomputed from the last one.
 * Throws what `parseCompactEpoch` throws.
 */
export function expandEpoch(
  bytes: Uint8Array,
  { salt, slots }: { salt: Uint8Array; slots: number },
): ExpandedEpoch {
  const { commitmentSignature, height, last, bitmap } = parseCompactEpoch(bytes, slots);
  const { reveals, link } = unwind({ last, bitmap }, salt, 0);
  return { commitmentSignature, height, anchor: link, bitmap, reveals };
}

/**
 * The reveals of the slot indices from `from` on, ascending, and the link below them: c[from], for 0 the anchor.
 * Costs a hash for each slot from `from` to the last reveal.
 */
export function unwind(
  { last, bitmap }: Pick<CompactEpoch, "last" | "bitmap">,
  salt: Uint8Array,
  from: number,
): { reveals: Reveal[]; link: Uint8Array } {
  const reveals: Reveal[] = [];
  let link = last;
  for (let index = lastBit(bitmap); index >= from; index--) {
    if (getBit(bitmap, index)) reveals.push({ index, reveal: link });
    link = step(link, salt);
  }
  return { link, reveals: reveals.toReversed() };
}
