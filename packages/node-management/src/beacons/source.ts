import type { Clock } from "@lucid/platform/clock";
import type { Collection } from "@lucid/platform/documents";
import {
  acceptanceWindow,
  type Commitment,
  epochOf,
  firstSlotOf,
  type Genesis,
} from "@lucid/protocol";
import type { Registry } from "../registry/index.ts";
import type { RecordSource } from "../shared/record-source.ts";
import { markSealed } from "../shared/sealed.ts";
import { type CommitmentDocument, commitmentId, type ExcuseDocument } from "./documents.ts";

export type CommitmentSourceDeps = {
  readonly commitments: Collection<CommitmentDocument>;
  readonly registry: Pick<Registry, "find">;
  readonly genesis: Genesis;
  readonly clock: Pick<Clock, "now">;
};

/**
 * Commitments for the log. One that came until the grace of a slot was over may stand in its block, so that it never
 * stands after a beacon of its chain; but not before its node does. What came while the clock was ahead came before.
 */
export const createCommitmentSource = ({
  commitments,
  registry,
  genesis,
  clock,
}: CommitmentSourceDeps): RecordSource<"commitment"> => {
  const enrolledAt = async (nodeId: string): Promise<number> =>
    (await registry.find(nodeId))?.enrolledAtMs ?? Infinity;
  return {
    type: "commitment",
    collect: async ({ slot, endMs, closesMs }) => {
      const unsealed = await commitments.find({
        where: { sealed_slot: null, epoch: { in: epochsOpenIn(genesis, slot) } },
      });
      const nowMs = clock.now();
      const hasCome = (atMs: number) => atMs < closesMs || atMs > nowMs;
      const come: Commitment[] = [];
      for (const document of unsealed)
        if (hasCome(document.received_at) && (await enrolledAt(document.node_id)) < endMs)
          come.push(toCommitment(document));
      return come;
    },
    hasAny: async (fromSlot, toSlot) => {
      const { untilMs } = acceptanceWindow(genesis, toSlot);
      const unsealed = await commitments.find({
        where: { sealed_slot: null, received_at: { lt: untilMs } },
      });
      return unsealed.some(({ epoch }) => epoch >= epochOf(genesis, fromSlot));
    },
    mark: (slot, sealed) =>
      markSealed(
        commitments,
        sealed.map(({ epoch, node_id }) => commitmentId(epoch, node_id)),
        slot,
      ),
  };
};

/** The epochs whose commitments a slot's block may hold. */
const epochsOpenIn = (genesis: Genesis, slot: number): number[] => {
  const epoch = epochOf(genesis, slot);
  const opening = firstSlotOf(genesis, epoch + 1) - Math.floor(genesis.slots_per_epoch / 12);
  return slot >= opening ? [epoch, epoch + 1] : [epoch];
};

const toCommitment = ({ node_id, epoch, anchor, signature }: CommitmentDocument): Commitment => ({
  node_id,
  epoch,
  anchor,
  signature,
});

/** Excuses for the log, one for each slot that was deaf in part. */
export const createExcuseSource = (
  excuses: Collection<ExcuseDocument>,
): RecordSource<"excuse"> => ({
  type: "excuse",
  collect: async ({ slot: last }) =>
    (await excuses.find({ where: { sealed_slot: null, slot: { lte: last } } })).map(
      ({ slot, deaf_ms }) => ({ kind: "deaf", from_slot: slot, to_slot: slot + 1, deaf_ms }),
    ),
  mark: (slot, sealed) =>
    markSealed(
      excuses,
      sealed.map(({ from_slot }) => String(from_slot)),
      slot,
    ),
});
