import { getBit } from "../beacons/bitmap.ts";
import { beaconSalt } from "../beacons/chain.ts";
import type { BlockNetwork } from "../block/header.ts";
import { BEACON_BYTES, placeBeacon } from "../body/leaf.ts";
import { createBody } from "../body/order.ts";
import type { Body } from "../body/order.ts";
import { toHex } from "../bytes.ts";
import { ProtocolError } from "../error.ts";
import { nodeId } from "../identity.ts";
import { recordLeaf } from "../settlement/records.ts";
import { firstSlotOf } from "../time.ts";
import type { CompactedEpoch, CompactNode } from "./epoch.ts";
import { epochsOfHeight } from "./heights.ts";
import { createLinks } from "./links.ts";

/** The leaves of a compacted epoch by the block that they stand in. */
export type EpochLeaves = {
  readonly epoch: number;
  /** Those at a height: beacons by key, then the others. */
  at(height: number): Uint8Array[];
};

/**
 * Makes the leaves of a compacted epoch ready to be read block by block, best in ascending height. Costs a hash for
 * each node and slot now and at most another when they are read; memory goes with the nodes and has a bound for the
 * slots. Like `rebuildBodies`, but for going through a whole epoch.
 * @param spacing every how many slots a link is kept; follows from the number of nodes unless given, as for an epoch
 * that is read in slices of its nodes
 */
export function createEpochLeaves(
  { genesis, networkId }: BlockNetwork,
  { epoch, nodes, leaves }: CompactedEpoch,
  spacing?: number,
): EpochLeaves {
  const begins = firstSlotOf(genesis, epoch) - genesis.first_slot;
  const chains = nodes.map(({ publicKey, last, bitmap }) => ({
    salt: beaconSalt(networkId, toHex(publicKey), epoch),
    last,
    bitmap,
  }));
  const nodeAt = (position: number) => nodes[position] as CompactNode;
  const links = createLinks(chains, genesis.slots_per_epoch, spacing);
  const committed = Map.groupBy(nodes.keys(), (node) => nodeAt(node).height);
  const kept = Map.groupBy(leaves, ({ height }) => height);

  const beacons = (index: number): Uint8Array[] => {
    const present = [...nodes.keys()].filter((node) => getBit(nodeAt(node).bitmap, index));
    const bytes = new Uint8Array(BEACON_BYTES * present.length);
    return present.map((node, i) => {
      const leaf = bytes.subarray(BEACON_BYTES * i, BEACON_BYTES * (i + 1));
      return placeBeacon(leaf, nodeAt(node).publicKey, links.reveal(node, index));
    });
  };
  const commitment = (position: number): Uint8Array => {
    const node = nodeAt(position);
    return recordLeaf("commitment", {
      node_id: nodeId(toHex(node.publicKey)),
      epoch,
      anchor: toHex(links.anchor(position)),
      signature: toHex(node.commitmentSignature),
    });
  };

  return {
    epoch,
    at(height) {
      const isOwn = height >= begins && height < begins + genesis.slots_per_epoch;
      return [
        ...(isOwn ? beacons(height - begins) : []),
        ...(committed.get(height) ?? []).map(commitment),
        ...(kept.get(height) ?? []).map(({ bytes }) => bytes),
      ];
    },
  };
}

/**
 * The body at a height, exactly as it was sealed; compare it with its header (`bodyProblem`). `epochs` must hold every
 * one of `epochsOfHeight`. Throws `compaction.missing` with `details.epoch`, and what `createBody` throws.
 */
export function bodyOfEpochs(
  { genesis }: BlockNetwork,
  epochs: readonly EpochLeaves[],
  height: number,
): Body {
  return createBody(
    epochsOfHeight(genesis, height).flatMap((epoch) => {
      const found = epochs.find((candidate) => candidate.epoch === epoch);
      if (found !== undefined) return found.at(height);
      throw new ProtocolError("compaction.missing", `epoch ${epoch} is needed as well`, { epoch });
    }),
  );
}
