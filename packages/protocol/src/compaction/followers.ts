import { beaconSalt } from "../beacons/chain.ts";
import { applyBeacon, createBeaconState, judgeBeacon } from "../beacons/judge.ts";
import type { BeaconState } from "../beacons/judge.ts";
import type { BeaconLeaf } from "../body/leaf.ts";
import { compareBytes, fromHex, toHex } from "../bytes.ts";
import { nodeId } from "../identity.ts";
import type { Commitment } from "../records/types.ts";
import type { CompactNode, PlacedLeaf } from "./epoch.ts";

/** The nodes of an epoch whose beacons follow from a commitment, in blocks of ascending height. */
export type Followers = {
  /** Takes a node's first commitment; false for any other. */
  commit(leaf: PlacedLeaf, commitment: Commitment): boolean;
  /** Takes the beacon of a slot index if it follows from the node's commitment; false if not. */
  reveal(index: number, beacon: BeaconLeaf): boolean;
  /** Everyone with a beacon, ascending by key. */
  nodes(): CompactNode[];
  /** The commitments from which no beacon followed. */
  unused(): PlacedLeaf[];
};

type Follower = {
  leaf: PlacedLeaf;
  signature: string;
  state: BeaconState;
  /** known from the first beacon on: a commitment names the node id only */
  identity: { publicKey: Uint8Array; salt: Uint8Array } | null;
};

export function createFollowers(options: {
  networkId: string;
  epoch: number;
  slots: number;
}): Followers {
  const { networkId, epoch, slots } = options;
  const byNode = new Map<string, Follower>();
  const byKey = new Map<string, Follower>();

  const find = (publicKey: Uint8Array): Follower | undefined => {
    const key = toHex(publicKey);
    const follower = byKey.get(key) ?? byNode.get(nodeId(key));
    if (follower === undefined || follower.identity !== null) return follower;
    follower.identity = {
      publicKey: publicKey.slice(),
      salt: beaconSalt(networkId, key, epoch),
    };
    byKey.set(key, follower);
    return follower;
  };

  return {
    commit(leaf, { node_id, anchor, signature }) {
      if (byNode.has(node_id)) return false;
      const state = createBeaconState(fromHex(anchor, 32), slots);
      const copy = { ...leaf, bytes: leaf.bytes.slice() };
      byNode.set(node_id, { leaf: copy, signature, state, identity: null });
      return true;
    },

    reveal(index, { publicKey, reveal }) {
      const follower = find(publicKey);
      if (follower === undefined || follower.identity === null) return false;
      const judgement = judgeBeacon(follower.state, {
        index,
        reveal: reveal.slice(),
        salt: follower.identity.salt,
        slots,
        gapProven: true,
        stale: true,
      });
      if (judgement.verdict !== "accepted") return false;
      applyBeacon(follower.state, index, judgement.next);
      return true;
    },

    nodes: () =>
      [...byNode.values()]
        .flatMap(toCompactNode)
        .sort((a, b) => compareBytes(a.publicKey, b.publicKey)),

    unused: () => [...byNode.values()].filter(({ state }) => state.k === 0).map(({ leaf }) => leaf),
  };
}

function toCompactNode({ leaf, signature, state, identity }: Follower): CompactNode[] {
  if (identity === null || state.k === 0) return [];
  return [
    {
      publicKey: identity.publicKey,
      commitmentSignature: fromHex(signature, 64),
      height: leaf.height,
      last: state.last,
      bitmap: state.accepted,
    },
  ];
}
