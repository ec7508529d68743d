import type { BlockNetwork } from "../block/header.ts";
import type { Body, BodyLeaf } from "../body/order.ts";
import { ProtocolError } from "../error.ts";
import { slotIndex } from "../time.ts";
import { comparePlaces } from "./epoch.ts";
import type { CompactedEpoch, PlacedLeaf } from "./epoch.ts";
import { createFollowers } from "./followers.ts";
import { epochOfLeaf, heightsOfEpoch } from "./heights.ts";

/** Takes the bodies of `heightsOfEpoch` in ascending height. */
export type Compactor = {
  /**
   * Throws `compaction.height` unless it is the next height. A body may be given in parts, its end first; all but the part
   * that holds its beginning say `hasMore`.
   */
  add(height: number, body: Body, hasMore?: boolean): void;
  /** Throws `compaction.height` while bodies are missing. */
  finish(): CompactedEpoch;
};

/**
 * Compacts an epoch without loss. Its leaves are those of its own blocks, but for commitments for the next epoch while
 * those are accepted, which belong to that one. A beacon that follows from its node's first commitment becomes one
 * bit, and that commitment its signature and height; every other leaf is kept as it is, be it odd or false.
 * Memory goes with the number of nodes, not of beacons.
 */
export function createCompactor({ genesis, networkId }: BlockNetwork, epoch: number): Compactor {
  const { from, to } = heightsOfEpoch(genesis, epoch);
  const followers = createFollowers({ networkId, epoch, slots: genesis.slots_per_epoch });
  const kept: PlacedLeaf[] = [];
  let next = from;

  const isFollowed = (height: number, { bytes, leaf }: BodyLeaf): boolean => {
    if (leaf.kind === "beacon") {
      return followers.reveal(slotIndex(genesis, genesis.first_slot + height), leaf);
    }
    const isOwn =
      leaf.kind === "record" && leaf.record === "commitment" && leaf.data.epoch === epoch;
    return isOwn && followers.commit({ height, bytes }, leaf.data);
  };

  return {
    add(height, body, hasMore = false) {
      if (height !== next || height >= to) throw wrongHeight(epoch, next, to);
      if (!hasMore) next++;
      const own = body.filter(({ leaf }) => epochOfLeaf(genesis, height, leaf) === epoch);
      // From the end, so that a commitment comes before the beacons of its own block.
      for (const leaf of own.toReversed()) {
        if (!isFollowed(height, leaf)) kept.push({ height, bytes: leaf.bytes.slice() });
      }
    },

    finish() {
      if (next !== to) throw wrongHeight(epoch, next, to);
      const leaves = [...kept, ...followers.unused()].sort(comparePlaces);
      return { epoch, nodes: followers.nodes(), leaves };
    },
  };
}

function wrongHeight(epoch: number, next: number, to: number): ProtocolError {
  const wanted = next < to ? `the body at height ${next} comes next` : "it has all its bodies";
  return new ProtocolError("compaction.height", `epoch ${epoch}: ${wanted}`, { next });
}
