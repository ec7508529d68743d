import { ProtocolError } from "../error.ts";
import { largestPower, rangeHash } from "./subtrees.ts";
import type { LeafRange, SubtreeHashes } from "./subtrees.ts";

/**
 * The ranges of leaves whose hashes prove that leaf `index` is in the tree of `size` leaves, from the leaf up
 * (PATH of RFC 6962, section 2.1.1). Throws `tlog.range` unless 0 <= index < size <= 2^53-1.
 */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  assertCount(index);
  assertCount(size);
  if (index >= size) throw outOfRange(`a tree of ${size} leaves has no leaf ${index}`);
  return siblings(index, { from: 0, to: size }, 1);
}

/**
 * The ranges of leaves whose hashes prove that the tree of `oldSize` leaves is a prefix of the one of `newSize`
 * (PROOF of RFC 6962, section 2.1.2); none when the old tree is empty or the same.
 * Throws `tlog.range` unless 0 <= oldSize <= newSize <= 2^53-1.
 */
export function consistencyRanges(oldSize: number, newSize: number): LeafRange[] {
  assertCount(oldSize);
  assertCount(newSize);
  if (oldSize > newSize) {
    throw outOfRange(`a tree of ${newSize} leaves cannot extend one of ${oldSize}`);
  }
  if (oldSize === 0 || oldSize === newSize) return [];
  const width = largestPowerDividing(oldSize);
  const last = { from: oldSize - width, to: oldSize };
  const above = siblings(last.from, { from: 0, to: newSize }, width);
  // A power of two is the left edge itself: the verifier knows its hash, the old root.
  return last.from === 0 ? above : [last, ...above];
}

/** Inclusion proof of a leaf, from the leaf's sibling up. Throws `tlog.range`, and what `hashOf` throws. */
export function inclusionProof(index: number, size: number, hashOf: SubtreeHashes): Uint8Array[] {
  return inclusionRanges(index, size).map((range) => rangeHash(range, hashOf));
}

/** Consistency proof between two sizes of one tree. Throws `tlog.range`, and what `hashOf` throws. */
export function consistencyProof(
  oldSize: number,
  newSize: number,
  hashOf: SubtreeHashes,
): Uint8Array[] {
  return consistencyRanges(oldSize, newSize).map((range) => rangeHash(range, hashOf));
}

/** What stands beside the path from the whole tree down to the subtree of `width` leaves at `from`, lowest first. */
function siblings(from: number, whole: LeafRange, width: number): LeafRange[] {
  const beside: LeafRange[] = [];
  let range = whole;
  while (range.to - range.from > width) {
    const middle = range.from + splitOf(range.to - range.from);
    const left = { from: range.from, to: middle };
    const right = { from: middle, to: range.to };
    beside.push(from < middle ? right : left);
    range = from < middle ? left : right;
  }
  return beside.toReversed();
}

/** The largest power of two below a count of at least 2. */
function splitOf(count: number): number {
  return largestPower(count - 1).width;
}

function largestPowerDividing(count: number): number {
  let power = 1;
  while (count % (2 * power) === 0) power *= 2;
  return power;
}

function assertCount(count: number): void {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw outOfRange(`${count} is not a number of leaves, 0 to 2^53-1`);
  }
}

function outOfRange(detail: string): ProtocolError {
  return new ProtocolError("tlog.range", detail);
}
