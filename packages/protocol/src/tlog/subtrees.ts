import { ProtocolError } from "../error.ts";
import { parentHash, rootOfHashes } from "./merkle.ts";

/**
 * A perfect subtree: it covers the `2^level` leaves from `index·2^level` on, so level 0 is a leaf. Sizes and indices
 * go up to 2^53-1 and are never shifted, which would wrap at 32 bits.
 */
export type Subtree = { level: number; index: number };

/** Where the hashes of a tree's perfect subtrees come from; throws for one that the tree does not have. */
export type SubtreeHashes = (subtree: Subtree) => Uint8Array;

/** Leaves from `from` up to, not including, `to`. */
export type LeafRange = { from: number; to: number };

/**
 * The perfect subtrees that a range of leaves consists of, left to right. The range is one that RFC 6962 hashes to a
 * single node: `from` is a multiple of the largest power of two in its length.
 */
export function perfectSubtrees({ from, to }: LeafRange): Subtree[] {
  const subtrees: Subtree[] = [];
  let at = from;
  while (at < to) {
    const { width, level } = largestPower(to - at);
    subtrees.push({ level, index: at / width });
    at += width;
  }
  return subtrees;
}

/** RFC 6962's hash of a range of leaves: the root of the tree over them alone. */
export function rangeHash(range: LeafRange, hashOf: SubtreeHashes): Uint8Array {
  return foldRight(perfectSubtrees(range).map(hashOf));
}

/** The hash over perfect subtrees of descending size, left to right; `H("")` of none. */
export function foldRight(hashes: readonly Uint8Array[]): Uint8Array {
  return hashes.length === 0
    ? rootOfHashes([])
    : hashes.reduceRight((right, left) => parentHash(left, right));
}

/** The largest power of two not above `count` (from 1), and its exponent. */
export function largestPower(count: number): { width: number; level: number } {
  let width = 1;
  let level = 0;
  for (; 2 * width <= count; width *= 2) level++;
  return { width, level };
}

/** The subtrees of a tree whose leaf hashes are all at hand; each is hashed once. */
export function subtreesOf(leafHashes: readonly Uint8Array[]): SubtreeHashes {
  const levels: (readonly Uint8Array[])[] = [leafHashes];
  return ({ level, index }) => {
    while (levels.length <= level) levels.push(parentsOf(levels.at(-1) as readonly Uint8Array[]));
    const hash = levels[level]?.[index];
    if (hash === undefined) {
      throw new ProtocolError(
        "tlog.range",
        `a tree of ${leafHashes.length} leaves has no subtree ${level}/${index}`,
      );
    }
    return hash;
  };
}

/** Only whole pairs: what is left over belongs to no perfect subtree one level up. */
function parentsOf(hashes: readonly Uint8Array[]): Uint8Array[] {
  return Array.from({ length: Math.floor(hashes.length / 2) }, (_, i) =>
    parentHash(hashes[2 * i] as Uint8Array, hashes[2 * i + 1] as Uint8Array),
  );
}
