import type { Collection } from "@lucid/platform/documents";
import { type Commitment, epochOf, firstSlotOf, type Genesis } from "@lucid/protocol";
import type { RecordSource } from "../shared/record-source.ts";
import { markSealed } from "../shared/sealed.ts";
import { type CommitmentDocument, commitmentId, type ExcuseDocument } from "./documents.ts";

/**
 * Commitments for the log. One may stand in a slot of its epoch and in those before it in which it is accepted, so that
 * it never stands after a beacon of its chain.
 */
export const createCommitmentSource = (
  commitments: Collection<CommitmentDocument>,
  genesis: Genesis,
): RecordSource<"commitment"> => {
  const unsealedOf = (epochs: readonly number[]) =>
    commitments.find({ where: { sealed_slot: null, epoch: { in: epochs } } });
  return {
    type: "commitment",
    collect: async ({ slot }) => (await unsealedOf(epochsOpenIn(genesis, slot))).map(toCommitment),
    hasAny: async (fromSlot, toSlot) => {
      const [first, last] = [epochOf(genesis, fromSlot), epochOf(genesis, toSlot) + 1];
      const found = await commitments.find({
        where: { sealed_slot: null, epoch: { gte: first, lte: last } },
        limit: 1,
      });
      return found.length > 0;
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
