import { setImmediate as nextTurn } from "node:timers/promises";
import {
  type BlockHeader,
  inclusionProof,
  leafHash,
  type SubtreeHashes,
  subtreesOf,
  unframeLeaves,
} from "@lucid/protocol";
import type { Bodies } from "../compact/index.ts";
import { createRecent } from "../shared/recent.ts";

/** The leaves of one body and the hashes that prove them. */
type BodyTree = { readonly leaves: readonly Uint8Array[]; readonly hashOf: SubtreeHashes };

export type ProvenBodyLeaf = {
  readonly bytes: Uint8Array;
  /** RFC 6962 inclusion path, from the leaf upwards. */
  readonly path: readonly Uint8Array[];
};

/** Proves leaves of bodies; the trees that were asked for last are kept. */
export type BodyTrees = {
  /** Null when the body has no such leaf. */
  prove(header: BlockHeader, leaf: number): Promise<ProvenBodyLeaf | null>;
};

const treesKept = 4;
const leavesAtOnce = 2048;

export const createBodyTrees = (bodies: Pick<Bodies, "bodyAt">): BodyTrees => {
  const trees = createRecent<number, BodyTree>(treesKept, async (height) => {
    const leaves = unframeLeaves(await bodies.bodyAt(height));
    return { leaves, hashOf: subtreesOf(await hashAll(leaves)) };
  });
  return {
    prove: async (header, leaf) => {
      if (leaf >= header.body_count) return null;
      const { leaves, hashOf } = await trees.get(header.height);
      const bytes = leaves[leaf];
      if (bytes === undefined) return null;
      return { bytes, path: inclusionProof(leaf, leaves.length, hashOf) };
    },
  };
};

/** A few thousand at a time, so that a large body does not hold everybody else up. */
const hashAll = async (leaves: readonly Uint8Array[]): Promise<Uint8Array[]> => {
  const hashes: Uint8Array[] = [];
  for (let from = 0; from < leaves.length; from += leavesAtOnce) {
    hashes.push(...leaves.slice(from, from + leavesAtOnce).map(leafHash));
    await nextTurn();
  }
  return hashes;
};
