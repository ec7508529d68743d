import type { Clock } from "@lucid/platform/clock";
import type { Collection } from "@lucid/platform/documents";
import { epochOf, slotAt, slotIndex } from "@lucid/protocol";
import type { RegisteredNode, Registry } from "../registry/index.ts";
import type { Network } from "../shared/network.ts";
import type { CommitmentDocument, SegmentDocument } from "./documents.ts";
import { bodyBytes, eachEntry } from "./entry.ts";
import type { EpochsInMemory } from "./epochs-in-memory.ts";
import { eachCommitment, eachSegment } from "./evidence.ts";
import type { NodeIndex } from "./node-index.ts";
import type { Recents } from "./recents.ts";
import type { Segments } from "./segments.ts";

export type RebuildDeps = {
  readonly network: Network;
  readonly clock: Clock;
  readonly registry: Registry;
  readonly commitments: Collection<CommitmentDocument>;
  readonly segmentDocuments: Collection<SegmentDocument>;
  readonly segments: Segments;
  readonly epochs: EpochsInMemory;
  readonly index: NodeIndex;
  readonly recents: Recents;
  readonly remember: (node: RegisteredNode, commitment: { epoch: number; anchor: string }) => void;
};

/** Fills memory from the commitments and segments of the epoch before the open one up to the one after it. */
export const rebuild = async (
  deps: RebuildDeps,
  { replica }: { readonly replica: string },
): Promise<void> => {
  const { network, clock, registry, commitments, segmentDocuments, remember } = deps;
  const open = epochOf(network.genesis, slotAt(network.genesis, clock.now()));
  for (const epoch of [open - 1, open, open + 1]) {
    await eachCommitment(commitments, epoch, (commitment) => {
      const node = registry.node(commitment.node_id);
      if (node !== null) remember(node, commitment);
    });
    if (epoch > open) continue;
    await eachSegment(segmentDocuments, network.genesis, epoch, (segment) => {
      if (segment.replica === replica) deps.segments.startAfter(segment.slot, segment.seq);
      applySegment(deps, segment);
    });
  }
};

/**
 * Writes every beacon of a durable segment into memory; any number of times, in any order. False when there is one
 * whose node or commitment is not in memory.
 */
export const applySegment = (
  {
    network,
    epochs,
    index,
    recents,
  }: Pick<RebuildDeps, "network" | "epochs" | "index" | "recents">,
  { slot, entries, at }: Pick<SegmentDocument, "slot" | "entries" | "at">,
): boolean => {
  const state = epochs.get(epochOf(network.genesis, slot));
  if (state === null) return false;
  let isWhole = true;
  const slotAtIndex = slotIndex(network.genesis, slot);
  eachEntry(entries, (offset) => {
    const ordinal = index.find(entries, offset);
    if (ordinal < 0 || !state.isCommitted(ordinal)) {
      isWhole = false;
      return;
    }
    state.apply(ordinal, slotAtIndex, entries, offset + bodyBytes);
    recents.heard(ordinal, slot, at, undefined);
  });
  return isWhole;
};
