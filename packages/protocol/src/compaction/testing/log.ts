import * as fc from "fast-check";
import vectors from "../../../../../vectors/genesis.json" with { type: "json" };
import { createChain } from "../../beacons/chain.ts";
import { beaconLeaf } from "../../body/leaf.ts";
import { createBody } from "../../body/order.ts";
import { toHex } from "../../bytes.ts";
import { parseGenesis } from "../../genesis.ts";
import { nodeId } from "../../identity.ts";
import { recordLeaf } from "../../settlement/records.ts";
import { ed25519PublicKey } from "../../signatures.ts";
import { epochOf, slotIndex } from "../../time.ts";

export const SLOTS = 24;
export const EPOCHS = [3, 4, 5];
const FIRST_SLOT = 3 * SLOTS + 5; // the network begins within an epoch
export const genesis = parseGenesis({
  ...vectors.networks[1]?.genesis,
  slots_per_epoch: SLOTS,
  first_slot: FIRST_SLOT,
});
export const network = { genesis, networkId: "ab".repeat(32) };
export const HEIGHT = 6 * SLOTS - FIRST_SLOT;

export const nodes = Array.from({ length: 4 }, (_, n) => {
  const seed = new Uint8Array(32).fill(n + 1);
  const publicKey = ed25519PublicKey(seed);
  const chains = Array.from({ length: 7 }, (_, epoch) =>
    createChain({ seed, ...network, publicKeyHex: toHex(publicKey), epoch, slots: SLOTS }),
  );
  return { publicKey, chains };
});

export type Node = (typeof nodes)[number];

export function commitmentLeaf(
  { publicKey, chains }: Node,
  epoch: number,
  anchor = chains[epoch]?.anchor,
) {
  return recordLeaf("commitment", {
    node_id: nodeId(toHex(publicKey)),
    epoch,
    anchor: toHex(anchor as Uint8Array),
    signature: "cd".repeat(64),
  });
}

function honestBeacon({ publicKey, chains }: Node, height: number): Uint8Array {
  const slot = FIRST_SLOT + height;
  const reveal = chains[epochOf(genesis, slot)]?.reveal(slotIndex(genesis, slot));
  return beaconLeaf(publicKey, reveal as Uint8Array);
}

const node = fc.constantFrom(...nodes);
export const height = fc.nat({ max: HEIGHT - 1 });
const epochs = fc.integer({ min: 2, max: 6 });
/** One leaf at a height: mostly what a network makes, and whatever else a body can hold. */
const placed = fc.oneof(
  {
    weight: 30,
    arbitrary: fc.tuple(height, node).map(([at, who]) => ({ at, leaf: honestBeacon(who, at) })),
  },
  {
    weight: 6,
    arbitrary: fc
      .tuple(height, node, epochs)
      .map(([at, who, epoch]) => ({ at, leaf: commitmentLeaf(who, epoch) })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(height, node, epochs)
      .map(([at, who, epoch]) => ({ at, leaf: commitmentLeaf(who, epoch, new Uint8Array(32)) })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(height, node)
      .map(([at, who]) => ({ at, leaf: beaconLeaf(who.publicKey, new Uint8Array(32)) })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(height, fc.nat()).map(([at, epoch]) => ({
      at,
      leaf: recordLeaf("audit_root", { epoch, count: 0, root: "00".repeat(32) }),
    })),
  },
);

/** Every node commits when the epoch before ends, or as the network begins; then come any leaves at all. */
export const log = fc.array(placed, { maxLength: 120 }).map((extra) => {
  const blocks = Array.from({ length: HEIGHT }, () => new Map<string, Uint8Array>());
  const put = (at: number, leaf: Uint8Array) => {
    const key = leaf[0] === 1 ? toHex(leaf.subarray(0, 33)) : toHex(leaf);
    blocks[at]?.set(key, leaf);
  };
  for (const who of nodes.slice(0, 3)) {
    for (const epoch of EPOCHS)
      put(Math.max(0, epoch * SLOTS - FIRST_SLOT - 1), commitmentLeaf(who, epoch));
  }
  for (const { at, leaf } of extra) put(at, leaf);
  return blocks.map((leaves) => createBody(leaves.values()));
});
