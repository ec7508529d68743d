import {
  beaconLeaf,
  createChain,
  ed25519PublicKey,
  epochOf,
  nodeId,
  recordLeaf,
  sha256,
  signObject,
  slotIndex,
  toHex,
  u64,
} from "@lucid/protocol";
import type { BeaconChain } from "@lucid/protocol";
import type { TestNetwork } from "./network.ts";
import type { TestDraft } from "./write-log.ts";

/** Blocks of a network in which `count` nodes commit to every epoch in its first slot, and are there in most slots. */
export function honestDrafts(network: TestNetwork, count: number, slots: number): TestDraft[] {
  const { genesis } = network;
  const nodes = Array.from({ length: count }, (_, n) => createNode(network, n));
  return Array.from({ length: slots }, (_, height) => {
    const slot = genesis.first_slot + height;
    const epoch = epochOf(genesis, slot);
    const index = slotIndex(genesis, slot);
    const isFirst = index === 0 || height === 0;
    const present = nodes.filter((_, n) => (n + height) % 4 !== 0);
    return {
      leaves: [
        ...(isFirst ? nodes.map(({ commit }) => commit(epoch)) : []),
        ...present.map(({ publicKey, chain }) => beaconLeaf(publicKey, chain(epoch).reveal(index))),
      ],
    };
  });
}

function createNode({ genesis, networkId }: TestNetwork, n: number) {
  const seed = sha256(u64(n));
  const publicKey = ed25519PublicKey(seed);
  const publicKeyHex = toHex(publicKey);
  const chains = new Map<number, BeaconChain>();
  const chain = (epoch: number): BeaconChain => {
    const slots = genesis.slots_per_epoch;
    const found = chains.get(epoch) ?? createChain({ seed, networkId, publicKeyHex, epoch, slots });
    chains.set(epoch, found);
    return found;
  };
  const commit = (epoch: number): Uint8Array => {
    const said = { node_id: nodeId(publicKeyHex), epoch, anchor: toHex(chain(epoch).anchor) };
    const signature = signObject("commitment", networkId, said, seed);
    return recordLeaf("commitment", { ...said, signature });
  };
  return { publicKey, chain, commit };
}
