import {
  beaconLeaf,
  createChain,
  ed25519PublicKey,
  epochOf,
  firstSlotOf,
  nodeId,
  recordLeaf,
  sha256,
  slotIndex,
  toHex,
  utf8,
} from "@lucid/protocol";
import type { BeaconChain } from "@lucid/protocol";
import { logFiles, sealBlocks, testNetwork } from "../../../../verify/src/testing/index.ts";
import type {
  Files,
  TestBlock,
  TestDraft,
  TestNetwork,
} from "../../../../verify/src/testing/index.ts";

/** What a log holds whose epochs are worth compacting. */
export type SceneOptions = {
  nodes?: number;
  slotsPerEpoch?: number;
  firstSlot?: number;
  /** blocks in the log */
  size: number;
  isSigned?: boolean;
  /** whether every node is heard in every slot */
  isFull?: boolean;
};

/** A log of nodes that commit, are heard most of the time, and are settled every epoch. */
export type Scene = { network: TestNetwork; blocks: TestBlock[] };

type Node = { publicKey: Uint8Array; chainOf(epoch: number): BeaconChain };

export function createScene(options: SceneOptions): Scene {
  const {
    nodes = 5,
    slotsPerEpoch = 24,
    firstSlot = 29,
    size,
    isSigned = true,
    isFull = false,
  } = options;
  const network = testNetwork({ first_slot: firstSlot, slots_per_epoch: slotsPerEpoch });
  const crowd = Array.from({ length: nodes }, (_, n) => createNode(network, n));
  const drafts = Array.from({ length: size }, (_, height) =>
    draftAt(network, crowd, { height, isFull }),
  );
  return { network, blocks: sealBlocks(network, drafts, { isSigned }) };
}

/** The directory of the first `size` blocks of a scene. */
export function filesOf(
  { network, blocks }: Scene,
  size = blocks.length,
  options?: { compacted?: readonly number[] },
): Files {
  return logFiles(network, blocks.slice(0, size), options);
}

function createNode({ networkId, genesis }: TestNetwork, n: number): Node {
  const seed = sha256(utf8(`node ${n}`));
  const publicKey = ed25519PublicKey(seed);
  const chains = new Map<number, BeaconChain>();
  const make = (epoch: number) =>
    createChain({
      seed,
      networkId,
      publicKeyHex: toHex(publicKey),
      epoch,
      slots: genesis.slots_per_epoch,
    });
  return {
    publicKey,
    chainOf: (epoch) => {
      const chain = chains.get(epoch) ?? make(epoch);
      chains.set(epoch, chain);
      return chain;
    },
  };
}

/** Unless all are heard all the time, every seventh slot nobody is heard in, and every node misses some of its own. */
function draftAt(
  { genesis }: TestNetwork,
  crowd: readonly Node[],
  { height, isFull }: { height: number; isFull: boolean },
): TestDraft {
  const slot = genesis.first_slot + height;
  const epoch = epochOf(genesis, slot);
  const index = slotIndex(genesis, slot);
  const isDeaf = !isFull && height % 7 === 6;
  const heard = isDeaf ? [] : crowd.filter((_, n) => isFull || (height + n) % 5 !== 0);
  const leaves = heard.map((node) => beaconLeaf(node.publicKey, node.chainOf(epoch).reveal(index)));
  const opens = firstSlotOf(genesis, epoch + 1) - Math.floor(genesis.slots_per_epoch / 12);
  if (height === 0) leaves.push(...crowd.map((node) => commitment(node, epoch)));
  if (slot === opens) leaves.push(...crowd.map((node) => commitment(node, epoch + 1)));
  if (index === 1 && height > 1) leaves.push(closed(epoch - 1));
  return { leaves, observed: !isDeaf };
}

function commitment(node: Node, epoch: number): Uint8Array {
  return recordLeaf("commitment", {
    node_id: nodeId(toHex(node.publicKey)),
    epoch,
    anchor: toHex(node.chainOf(epoch).anchor),
    signature: "cd".repeat(64),
  });
}

function closed(epoch: number): Uint8Array {
  return recordLeaf("epoch_closed", {
    epoch,
    count: 0,
    root: "00".repeat(32),
    total_micro: "0",
    budget_micro: "0",
  });
}
