import vectors from "../../../../vectors/merkle.json" with { type: "json" };
import { fromHex, toHex } from "../bytes.ts";
import { leafHash, merkleRoot, parentHash } from "../tlog/merkle.ts";
import { consistencyProof, inclusionProof } from "../tlog/proof.ts";
import { rangeHash, subtreesOf } from "../tlog/subtrees.ts";
import type { SubtreeHashes } from "../tlog/subtrees.ts";
import { verifyConsistency, verifyInclusion } from "../tlog/verify-proof.ts";

type Proofs = (typeof vectors.proofs)[number];
type Uniform = (typeof vectors.beyond_32_bits)[number];
type Example = (typeof vectors.rfc_9162)[number];

export function recomputeMerkle() {
  return {
    roots: vectors.roots.map(withRoot),
    rfc_6962: vectors.rfc_6962.map(withRoot),
    rfc_9162: vectors.rfc_9162.map(recomputeExample),
    proofs: vectors.proofs.map(recomputeProofs),
    beyond_32_bits: vectors.beyond_32_bits.map(recomputeUniform),
  };
}

function withRoot({ leaves }: { leaves: string[] }) {
  return { leaves, root: toHex(merkleRoot(leaves.map((leaf) => fromHex(leaf)))) };
}

function recomputeExample({ leaves, inclusion, consistency }: Example) {
  const { root, hashOf } = treeOf(leaves);
  const size = leaves.length;
  return {
    leaves,
    root: toHex(root(size)),
    inclusion: inclusion.map(({ index }) => ({
      index,
      proof: inclusionProof(index, size, hashOf).map(toHex),
    })),
    consistency: consistency.map(({ old_size }) => ({
      old_size,
      proof: consistencyProof(old_size, size, hashOf).map(toHex),
    })),
  };
}

/** A proof that does not verify answers null where a root belongs. */
function recomputeProofs({ leaves, inclusion, consistency }: Proofs) {
  const { root, hashOf } = treeOf(leaves);
  return {
    leaves,
    inclusion: inclusion.map(({ size, index }) => {
      const proof = inclusionProof(index, size, hashOf);
      const leaf = leafHash(fromHex(leaves[index] as string));
      const holds = verifyInclusion({ index, size, leafHash: leaf, proof, root: root(size) });
      return { size, index, root: holds ? toHex(root(size)) : null, proof: proof.map(toHex) };
    }),
    consistency: consistency.map(({ old_size, new_size }) => {
      const proof = consistencyProof(old_size, new_size, hashOf);
      const roots = { oldRoot: root(old_size), newRoot: root(new_size) };
      const holds = verifyConsistency({ oldSize: old_size, newSize: new_size, proof, ...roots });
      return {
        old_size,
        old_root: toHex(roots.oldRoot),
        new_size,
        new_root: holds ? toHex(roots.newRoot) : null,
        proof: proof.map(toHex),
      };
    }),
  };
}

function recomputeUniform({ leaf_hash, size, index, old_size }: Uniform) {
  const hashOf = uniformTree(fromHex(leaf_hash));
  const root = (to: number) => rangeHash({ from: 0, to }, hashOf);
  const inclusion = inclusionProof(index, size, hashOf);
  const consistency = consistencyProof(old_size, size, hashOf);
  const isIncluded = verifyInclusion({
    index,
    size,
    leafHash: fromHex(leaf_hash),
    proof: inclusion,
    root: root(size),
  });
  const isConsistent = verifyConsistency({
    oldSize: old_size,
    oldRoot: root(old_size),
    newSize: size,
    newRoot: root(size),
    proof: consistency,
  });
  return {
    leaf_hash,
    size,
    root: isIncluded ? toHex(root(size)) : null,
    index,
    inclusion: inclusion.map(toHex),
    old_size,
    old_root: isConsistent ? toHex(root(old_size)) : null,
    consistency: consistency.map(toHex),
  };
}

function treeOf(leaves: readonly string[]) {
  const hashOf = subtreesOf(leaves.map((leaf) => leafHash(fromHex(leaf))));
  return { hashOf, root: (size: number) => rangeHash({ from: 0, to: size }, hashOf) };
}

function uniformTree(leaf: Uint8Array): SubtreeHashes {
  const byLevel = [leaf];
  return ({ level }) => {
    while (byLevel.length <= level) {
      const child = byLevel.at(-1) as Uint8Array;
      byLevel.push(parentHash(child, child));
    }
    return byLevel[level] as Uint8Array;
  };
}
