import { equalBytes } from "../bytes.ts";
import { HASH_BYTES, parentHash, rootOfHashes } from "./merkle.ts";

/** That leaf `index` of the tree of `size` leaves has this hash. Proofs run from the leaf up. */
export type InclusionClaim = {
  index: number;
  size: number;
  leafHash: Uint8Array;
  proof: readonly Uint8Array[];
};

/** That the tree of `oldSize` leaves with `oldRoot` is a prefix of the one of `newSize` leaves. */
export type ConsistencyClaim = {
  oldSize: number;
  oldRoot: Uint8Array;
  newSize: number;
  proof: readonly Uint8Array[];
};

/**
 * The root that an inclusion proof leads to (RFC 9162, section 2.1.3.2); null when the proof has another length than
 * this index and size need, or a hash of it has not 32 bytes. Never throws for what a stranger sent.
 */
function rootOfInclusion({ index, size, leafHash, proof }: InclusionClaim) {
  if (!isCount(index) || !isCount(size) || index >= size) return null;
  if (![leafHash, ...proof].every(isHash)) return null;
  let path: Path = { node: index, last: size - 1 };
  let hash = leafHash;
  for (const sibling of proof) {
    if (path.last === 0) return null;
    hash = isRight(path) ? parentHash(sibling, hash) : parentHash(hash, sibling);
    path = climb(path);
  }
  return path.last === 0 ? hash : null;
}

/** Whether a leaf is in the tree with this root. Never throws for what a stranger sent. */
export function verifyInclusion(claim: InclusionClaim & { root: Uint8Array }): boolean {
  const root = rootOfInclusion(claim);
  return root !== null && equalBytes(root, claim.root);
}

/**
 * The two roots that a consistency proof leads to (RFC 9162, section 2.1.4.2); null when it has another length than
 * these sizes need. Where the old size is a power of two, the old root is the one that was claimed. One root that
 * matches a signed one beside another that does not shows a split view.
 */
export function rootsOfConsistency(claim: ConsistencyClaim) {
  const { oldSize, oldRoot, newSize, proof } = claim;
  if (!isCount(oldSize) || !isCount(newSize) || oldSize === 0 || oldSize >= newSize) return null;
  if (![oldRoot, ...proof].every(isHash)) return null;
  let path = skipRights({ node: oldSize - 1, last: newSize - 1 });
  const [start, ...rest] = path.node === 0 ? [oldRoot, ...proof] : proof;
  if (start === undefined) return null;
  let old = start;
  let current = start;
  for (const sibling of rest) {
    if (path.last === 0) return null;
    if (isRight(path)) {
      old = parentHash(sibling, old);
      current = parentHash(sibling, current);
    } else {
      current = parentHash(current, sibling);
    }
    path = climb(path);
  }
  return path.last === 0 ? { oldRoot: old, newRoot: current } : null;
}

/**
 * Whether the tree with `newRoot` extends the one with `oldRoot`. Trees of one size must have one root, an empty tree
 * the root `H("")`, both with an empty proof. Never throws for what a stranger sent.
 */
export function verifyConsistency(claim: ConsistencyClaim & { newRoot: Uint8Array }): boolean {
  const { oldSize, oldRoot, newSize, newRoot, proof } = claim;
  if (!isCount(oldSize) || !isCount(newSize) || !isHash(newRoot)) return false;
  if (oldSize === newSize) return proof.length === 0 && equalBytes(oldRoot, newRoot);
  if (oldSize === 0) return proof.length === 0 && equalBytes(oldRoot, rootOfHashes([]));
  const roots = rootsOfConsistency(claim);
  return roots !== null && equalBytes(roots.oldRoot, oldRoot) && equalBytes(roots.newRoot, newRoot);
}

/** A node and the last node of its level on the way up: `fn` and `sn` of RFC 9162. */
type Path = { node: number; last: number };

function climb(path: Path): Path {
  let next = path;
  if (next.node === next.last) while (next.node % 2 === 0 && next.node !== 0) next = halve(next);
  return halve(next);
}

/** Up to the largest perfect subtree that ends with this node. */
function skipRights(path: Path): Path {
  let next = path;
  while (next.node % 2 === 1) next = halve(next);
  return next;
}

/** Whether the sibling stands to the left: the last node of a level has none to its right. */
function isRight({ node, last }: Path): boolean {
  return node % 2 === 1 || node === last;
}

/** One level up, by division: `>>` would wrap at 32 bits. */
function halve({ node, last }: Path): Path {
  return { node: Math.floor(node / 2), last: Math.floor(last / 2) };
}

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === HASH_BYTES;
}

function isCount(count: number): boolean {
  return Number.isSafeInteger(count) && count >= 0;
}
