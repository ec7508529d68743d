import { ProtocolError } from "../error.ts";
import { HASH_BYTES, parentHash } from "./merkle.ts";
import { foldRight, perfectSubtrees } from "./subtrees.ts";
import type { SubtreeHashes } from "./subtrees.ts";

/**
 * A tree by its right edge: the hashes of the perfect subtrees it consists of, largest first, one for each bit that
 * is set in its size. Enough to append leaves and to know every later root.
 */
export type CompactRange = { size: number; hashes: readonly Uint8Array[] };

/** The tree without leaves. */
export const EMPTY_RANGE: CompactRange = { size: 0, hashes: [] };

/** A compact range from its parts; throws `tlog.range` unless there is one 32-byte hash for each bit of the size. */
export function createCompactRange(size: number, hashes: readonly Uint8Array[]): CompactRange {
  const isCount = Number.isSafeInteger(size) && size >= 0;
  const wanted = isCount ? perfectSubtrees({ from: 0, to: size }).length : null;
  if (hashes.length !== wanted || hashes.some((hash) => hash.length !== HASH_BYTES)) {
    throw new ProtocolError(
      "tlog.range",
      `a tree of ${size} leaves needs ${wanted ?? "another size and its"} hashes of 32 bytes`,
    );
  }
  return { size, hashes };
}

/** The right edge of a tree whose subtrees are at hand. */
export function compactRangeOf(size: number, hashOf: SubtreeHashes): CompactRange {
  return { size, hashes: perfectSubtrees({ from: 0, to: size }).map(hashOf) };
}

/** The tree with one more leaf, given by its hash; throws `tlog.range` at 2^53-1 leaves. */
export function appendLeafHash({ size, hashes }: CompactRange, leafHash: Uint8Array): CompactRange {
  if (size >= Number.MAX_SAFE_INTEGER) throw new ProtocolError("tlog.range", "the tree is full");
  const edge = [...hashes];
  let merged = leafHash;
  for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
    merged = parentHash(edge.pop() as Uint8Array, merged);
  }
  return { size: size + 1, hashes: [...edge, merged] };
}

/** The root of a tree, `H("")` of the empty one. */
export function compactRangeRoot({ hashes }: CompactRange): Uint8Array {
  return foldRight(hashes);
}
