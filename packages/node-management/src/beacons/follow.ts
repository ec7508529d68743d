import type { Clock } from "@lucid/platform/clock";
import type { Collection } from "@lucid/platform/documents";
import { epochOf, type Genesis, slotAt } from "@lucid/protocol";
import type { RegisteredNode, Registry } from "../registry/index.ts";
import { createFollow, type Reached } from "../shared/follow.ts";
import { type CommitmentDocument, commitmentId, type SegmentDocument } from "./documents.ts";
import { createFollowSegments } from "./follow-segments.ts";
import type { HearingKeeper } from "./hearing.ts";

export type FollowBeaconsDeps = {
  readonly genesis: Genesis;
  readonly clock: Pick<Clock, "now">;
  readonly registry: Pick<Registry, "find">;
  readonly commitments: Collection<CommitmentDocument>;
  readonly segments: Collection<SegmentDocument>;
  readonly hearing: HearingKeeper;
  readonly remember: (node: RegisteredNode, commitment: { epoch: number; anchor: string }) => void;
  /** Takes a segment into memory; false when it holds a beacon whose commitment is not there yet. */
  readonly apply: (segment: SegmentDocument) => boolean;
};

/** Takes what other replicas committed, accepted and heard into memory. */
export const createFollowBeacons = (deps: FollowBeaconsDeps, from: Reached) => {
  const { genesis, clock, registry, commitments, hearing, remember } = deps;
  const followCommitments = createFollow(commitments, "received_at", from);
  const firstSlot = Math.max(genesis.first_slot, from.sealedSlot + 1);
  const followSegments = createFollowSegments({ ...deps, collection: deps.segments }, firstSlot);
  const epochMs = genesis.slots_per_epoch * genesis.slot_ms;

  /** Whether beacons of an epoch can still come. */
  const isRecent = (epoch: number): boolean =>
    epoch >= epochOf(genesis, slotAt(genesis, clock.now())) - 1;

  return async (reached: Reached): Promise<void> => {
    await followCommitments(reached, async (commitment) => {
      const node = isRecent(commitment.epoch) ? await registry.find(commitment.node_id) : null;
      if (node !== null) remember(node, commitment);
    });
    const replicas = await hearing.follow(clock.now() - epochMs);
    await followSegments(replicas, reached.sealedSlot);
  };
};

/** Looks a node's commitment up that another replica may have taken a moment ago. */
export const createRecall =
  ({ commitments, remember }: Pick<FollowBeaconsDeps, "commitments" | "remember">) =>
  async (node: RegisteredNode, epoch: number): Promise<void> => {
    const stored = await commitments.get(commitmentId(epoch, node.nodeId));
    if (stored !== null) remember(node, stored);
  };
