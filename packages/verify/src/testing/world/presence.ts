import {
  beaconLeaf,
  createBitmap,
  epochOf,
  firstSlotOf,
  fromHex,
  setBit,
  slotIndex,
} from "@lucid/protocol";
import type { Bitmap, BlockNetwork, Maintenance } from "@lucid/protocol";
import { commit } from "./cast.ts";
import type { WorldNode } from "./cast.ts";
import type { Lies, WorldBeacon, WorldPlan, WorldRecord } from "./plan.ts";

type Deps = { network: BlockNetwork; nodes: readonly WorldNode[]; plan: WorldPlan; lies: Lies };

/** What the operator knows of an epoch when it settles it. */
export type WorldPresence = {
  present: Map<WorldNode, Bitmap>;
  heard: Set<number>;
};

/** Commitments and beacons, slot after slot. */
export const createPresence = ({ network, nodes, plan, lies }: Deps) => {
  const { genesis, networkId } = network;
  const slots = genesis.slots_per_epoch;
  const committed = new Set<string>();
  const epochs = new Map<number, WorldPresence>();

  const of = (epoch: number): WorldPresence => {
    const made = epochs.get(epoch) ?? { present: new Map(), heard: new Set() };
    epochs.set(epoch, made);
    return made;
  };

  const commitOnce = (node: WorldNode, epoch: number): WorldRecord[] => {
    const key = `${epoch}/${node.nodeId}`;
    if (committed.has(key)) return [];
    committed.add(key);
    return [{ type: "commitment", data: commit(networkId, node, epoch) }];
  };

  const note = (epoch: number, index: number, { node }: WorldBeacon): void => {
    const { present, heard } = of(epoch);
    const bitmap = present.get(node) ?? createBitmap(slots);
    setBit(bitmap, index);
    present.set(node, bitmap);
    heard.add(index);
  };

  return {
    of,

    /** The beacons of a block with the commitments that they need; some nodes commit for the next epoch early. */
    slot(height: number): { leaves: Uint8Array[]; records: WorldRecord[] } {
      const slot = genesis.first_slot + height;
      const epoch = epochOf(genesis, slot);
      const index = slotIndex(genesis, slot);
      const there = nodes.filter((_, i) => isThere(plan, i, height));
      const honest = there.map((node) => ({ node, reveal: node.chain(epoch).reveal(index) }));
      const beacons = lies.beacons?.(height, honest) ?? honest;
      for (const beacon of beacons) note(epoch, index, beacon);
      const early = index === slots - 1 ? nodes.filter((_, i) => i % 2 === 0) : [];
      return {
        leaves: beacons.map(({ node, reveal }) => beaconLeaf(fromHex(node.publicKey), reveal)),
        records: [
          ...there.flatMap((node) => commitOnce(node, epoch)),
          ...early.flatMap((node) => commitOnce(node, epoch + 1)),
        ],
      };
    },
  };
};

const isThere = (plan: WorldPlan, node: number, height: number): boolean => {
  const from = node === plan.approval.node ? plan.approval.height + 1 : 1;
  return height >= from && !plan.unobserved.includes(height) && plan.isPresent(node, height);
};

/** Slots of an epoch that heights mark. */
export const heightsToBitmap = (
  { genesis }: BlockNetwork,
  epoch: number,
  heights: Iterable<number>,
): Bitmap => {
  const bitmap = createBitmap(genesis.slots_per_epoch);
  for (const height of heights) {
    const index = genesis.first_slot + height - firstSlotOf(genesis, epoch);
    if (index >= 0 && index < genesis.slots_per_epoch) setBit(bitmap, index);
  }
  return bitmap;
};

export const toMaintenance = (
  { genesis }: BlockNetwork,
  node: WorldNode,
  { from, to }: { from: number; to: number },
): Maintenance => ({
  node_id: node.nodeId,
  from_slot: genesis.first_slot + from,
  to_slot: genesis.first_slot + to,
});
