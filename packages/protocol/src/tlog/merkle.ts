import { sha256 } from "../bytes.ts";

/** Length of every hash of a tree. */
export const HASH_BYTES = 32;

/** `0x00 ‖ leaf`, filled anew for every leaf of the same length: most are beacons. */
let leafInput = new Uint8Array(1);
/** `0x01 ‖ left ‖ right`, filled anew for every pair. */
const pair = new Uint8Array(1 + 2 * HASH_BYTES).fill(1, 0, 1);

/** Hash of a leaf, `H(0x00 ‖ leaf)` (RFC 6962, section 2.1). */
export function leafHash(leaf: Uint8Array): Uint8Array {
  if (leafInput.length !== 1 + leaf.length) leafInput = new Uint8Array(1 + leaf.length);
  leafInput.set(leaf, 1);
  return sha256(leafInput);
}

/** Hash of a node over its two children, `H(0x01 ‖ left ‖ right)` (RFC 6962, section 2.1). */
export function parentHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  pair.set(left, 1);
  pair.set(right, 1 + HASH_BYTES);
  return sha256(pair);
}

/** Root of a Merkle tree over leaves in order (RFC 6962, section 2.1); `H("")` of none. */
export function merkleRoot(leaves: Iterable<Uint8Array>): Uint8Array {
  return rootOfHashes(Array.from(leaves, leafHash));
}

/** Root of a Merkle tree over leaf hashes in order, or over the hashes of perfect subtrees of one size. */
export function rootOfHashes(hashes: readonly Uint8Array[]): Uint8Array {
  let level = hashes;
  while (level.length > 1) level = parents(level);
  return level[0] ?? sha256(new Uint8Array(0));
}

/** Pairs hash to their parent; an odd last one moves up as it is, which is RFC 6962's split. */
function parents(level: readonly Uint8Array[]): Uint8Array[] {
  const next: Uint8Array[] = [];
  for (let i = 0; i < level.length; i += 2) {
    const left = level[i] as Uint8Array;
    const right = level[i + 1];
    next.push(right === undefined ? left : parentHash(left, right));
  }
  return next;
}
