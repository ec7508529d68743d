import type { Collection } from "@lucid/platform/documents";
import { firstSlotOf, type Genesis } from "@lucid/protocol";
import { type CommitmentDocument, SEALED, type SegmentDocument, segmentId } from "./documents.ts";

/** Reads a slot's segments in the order of their writing, those that end a replica's part of it too. */
export const storedSegments = (
  collection: Collection<SegmentDocument>,
  slot: number,
): Promise<SegmentDocument[]> =>
  collection.find({
    where: { slot },
    sort: [
      ["replica", "asc"],
      ["seq", "asc"],
    ],
  });

/** Whether a segment says that no later one of this replica belongs to the slot. */
export const isEnd = ({ entries }: Pick<SegmentDocument, "entries">): boolean =>
  entries.length === 0;

/** The first number that none of a replica's segments of a slot has; they are given in the order of their numbers. */
export const firstGap = (segments: readonly Pick<SegmentDocument, "seq">[]): number => {
  const at = segments.findIndex(({ seq }, i) => seq !== i);
  return at < 0 ? segments.length : at;
};

/** The segments that belong to a slot: of each replica those before its end, all while there is none. */
export const beforeEnds = (stored: readonly SegmentDocument[]): SegmentDocument[] => {
  const ends = new Map<string, number>();
  for (const { replica, seq } of stored.filter(isEnd))
    ends.set(replica, Math.min(seq, ends.get(replica) ?? Infinity));
  return stored.filter(({ replica, seq }) => seq < (ends.get(replica) ?? Infinity));
};

/** Calls `visit` with every segment of an epoch, and what ends them, latest slot first: no more than a slot is in memory. */
export const eachSegment = async (
  collection: Collection<SegmentDocument>,
  genesis: Genesis,
  epoch: number,
  visit: (segment: SegmentDocument) => void,
): Promise<void> => {
  const first = firstSlotOf(genesis, epoch);
  for (let slot = first + genesis.slots_per_epoch - 1; slot >= first; slot--) {
    const stored = await storedSegments(collection, slot);
    for (const segment of [...beforeEnds(stored), ...stored.filter(isEnd)]) visit(segment);
    // Packed while it was read: what the one segment replaced may be gone from the answer before it was in it.
    const sealed = stored.some(({ replica }) => replica === SEALED)
      ? null
      : await collection.get(segmentId(slot, SEALED, 0));
    if (sealed !== null) visit(sealed);
  }
};

const commitmentsPerRead = 1000;

/** Calls `visit` with every commitment for an epoch, in ascending node id. */
export const eachCommitment = async (
  collection: Collection<CommitmentDocument>,
  epoch: number,
  visit: (commitment: CommitmentDocument) => void,
): Promise<void> => {
  for (let after = ""; ;) {
    const found = await collection.find({
      where: { epoch, node_id: { gt: after } },
      sort: [["node_id", "asc"]],
      limit: commitmentsPerRead,
    });
    for (const commitment of found) visit(commitment);
    const last = found.at(-1);
    if (last === undefined || found.length < commitmentsPerRead) return;
    after = last.node_id;
  }
};
