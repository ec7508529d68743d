import { beaconSalt } from "../beacons/chain.ts";
import { unwind } from "../beacons/compaction.ts";
import type { BlockNetwork } from "../block/header.ts";
import { beaconLeaf } from "../body/leaf.ts";
import { createBody } from "../body/order.ts";
import type { Body } from "../body/order.ts";
import { toHex } from "../bytes.ts";
import { ProtocolError } from "../error.ts";
import { nodeId } from "../identity.ts";
import type { Commitment } from "../records/types.ts";
import { recordLeaf } from "../settlement/records.ts";
import { firstSlotOf } from "../time.ts";
import type { CompactedEpoch, CompactNode, PlacedLeaf } from "./epoch.ts";
import { epochsOfHeight } from "./heights.ts";
import type { HeightRange } from "./heights.ts";

/**
 * The bodies of a range of heights, exactly as they were sealed; compare each with its header (`bodyProblem`), for the
 * compacted form proves nothing by itself. `compacted` must hold every epoch of `epochsOfHeight`.
 *
 * Costs a hash for each node and slot from the range's beginning to the node's last beacon, so many heights at once
 * cost little more than one; memory goes with the beacons of the range.
 *
 * Throws `compaction.missing` with `details.epoch`, and what `createBody` throws for leaves that make no body.
 */
export function rebuildBodies(
  network: BlockNetwork,
  compacted: readonly CompactedEpoch[],
  { from, to }: HeightRange,
): Body[] {
  const leaves = Array.from({ length: to - from }, (): Uint8Array[] => []);
  const place = ({ height, bytes }: PlacedLeaf) => leaves[height - from]?.push(bytes);
  for (const epoch of epochsOf(network, compacted, { from, to })) {
    for (const leaf of epoch.leaves) place(leaf);
    for (const node of epoch.nodes) {
      for (const leaf of leavesOfNode(network, epoch.epoch, node, { from, to })) place(leaf);
    }
  }
  return leaves.map(createBody);
}

function epochsOf(
  { genesis }: BlockNetwork,
  compacted: readonly CompactedEpoch[],
  { from, to }: HeightRange,
): CompactedEpoch[] {
  const heights = Array.from({ length: to - from }, (_, i) => from + i);
  const needed = new Set(heights.flatMap((height) => epochsOfHeight(genesis, height)));
  return Array.from(needed, (epoch) => {
    const found = compacted.find((candidate) => candidate.epoch === epoch);
    if (found !== undefined) return found;
    throw new ProtocolError("compaction.missing", `epoch ${epoch} is needed as well`, { epoch });
  });
}

/** A node's beacons from the beginning of a range on, and its commitment when that stands in the range. */
function leavesOfNode(
  { genesis, networkId }: BlockNetwork,
  epoch: number,
  node: CompactNode,
  { from, to }: HeightRange,
): PlacedLeaf[] {
  const key = toHex(node.publicKey);
  const heightOfIndex = (index: number) => firstSlotOf(genesis, epoch) - genesis.first_slot + index;
  const isCommitted = node.height >= from && node.height < to;
  const fromIndex = isCommitted ? 0 : Math.max(0, from - heightOfIndex(0));
  const { reveals, link } = unwind(node, beaconSalt(networkId, key, epoch), fromIndex);
  const beacons = reveals.map(({ index, reveal }) => ({
    height: heightOfIndex(index),
    bytes: beaconLeaf(node.publicKey, reveal),
  }));
  if (!isCommitted) return beacons;
  const commitment: Commitment = {
    node_id: nodeId(key),
    epoch,
    anchor: toHex(link),
    signature: toHex(node.commitmentSignature),
  };
  return [...beacons, { height: node.height, bytes: recordLeaf("commitment", commitment) }];
}
