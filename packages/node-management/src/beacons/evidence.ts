import type { Collection } from "@lucid/platform/documents";
import { type Bitmap, createBitmap, firstSlotOf, type Genesis } from "@lucid/protocol";
import type { Registry } from "../registry/index.ts";
import type { CommitmentDocument, SegmentDocument } from "./documents.ts";
import { eachEntry } from "./entry.ts";
import type { NodeIndex } from "./node-index.ts";
import { createRows } from "./rows.ts";

/** Reads a slot's segments in the order of their writing. */
export const segmentsOfSlot = (
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

/** Calls `visit` with every segment of an epoch, latest slot first, so that no more than a slot is in memory. */
export const eachSegment = async (
  collection: Collection<SegmentDocument>,
  genesis: Genesis,
  epoch: number,
  visit: (segment: SegmentDocument) => void,
): Promise<void> => {
  const first = firstSlotOf(genesis, epoch);
  for (let slot = first + genesis.slots_per_epoch - 1; slot >= first; slot--) {
    for (const segment of await segmentsOfSlot(collection, slot)) visit(segment);
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

export type PresenceDeps = {
  readonly segments: Collection<SegmentDocument>;
  readonly commitments: Collection<CommitmentDocument>;
  readonly registry: Registry;
  readonly index: NodeIndex;
  readonly genesis: Genesis;
};

/** The accepted beacons of an epoch from the documents alone; a node that committed and sent none has zeros. */
export const readPresence = async (
  { segments, commitments, registry, index, genesis }: PresenceDeps,
  epoch: number,
): Promise<Map<string, Bitmap>> => {
  const bitmaps = createRows(createBitmap(genesis.slots_per_epoch).length);
  const first = firstSlotOf(genesis, epoch);
  const presence = new Map<string, Bitmap>();
  await eachCommitment(commitments, epoch, ({ node_id }) => {
    const node = registry.node(node_id);
    if (node === null) return;
    index.add(node);
    presence.set(node_id, bitmaps.row(node.ordinal));
  });
  await eachSegment(segments, genesis, epoch, ({ slot, entries }) => {
    const at = slot - first;
    eachEntry(entries, (offset) => {
      const ordinal = index.find(entries, offset);
      if (ordinal >= 0) bitmaps.setBits(ordinal, at >> 3, 0x80 >> (at & 7));
    });
  });
  return presence;
};
