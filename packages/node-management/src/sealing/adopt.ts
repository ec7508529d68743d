import type { Documents } from "@lucid/platform/documents";
import {
  type BlockHeader,
  type Body,
  decodeBody,
  frameLeaves,
  type SealedRecord,
  type SignedCheckpoint,
} from "@lucid/protocol";
import { forked } from "../shared/adopt.ts";
import { insertOrFind } from "../shared/written.ts";
import {
  headerToDocument,
  progressCollection,
  slotCollection,
  type SlotDocument,
} from "./documents.ts";
import { createProgress } from "./progress.ts";

/** A block as the log has it, proven. */
export type ProvenBlock = {
  readonly header: BlockHeader;
  readonly headerHash: string;
  readonly body: Body;
};

export type SlotAdopter = {
  /** Takes a block's slot over as sealed; throws `backup.fork` when the store sealed another one. */
  adopt(block: ProvenBlock): Promise<void>;
  /** Slots from `fromSlot` on that hold records, with these, ascending. */
  records(fromSlot: number): AsyncGenerator<{ slot: number; records: readonly SealedRecord[] }>;
  /** Notes that facts up to `lastSlot` know that they are sealed, and that the log has all up to there. */
  finish(lastSlot: number, checkpoint: SignedCheckpoint): Promise<void>;
};

/** Sealed slots from the log, with their bodies: epochs that are not settled yet are settled from these. */
export const createSlotAdopter = (documents: Pick<Documents, "collection">): SlotAdopter => {
  const slots = documents.collection(slotCollection);
  const progress = createProgress(documents.collection(progressCollection));
  const nextWithRecords = async (after: number): Promise<SlotDocument | undefined> => {
    const where = { has_records: true, slot: { gt: after } };
    return (await slots.find({ where, sort: [["slot", "asc"]], limit: 1 }))[0];
  };
  return {
    adopt: async ({ header, headerHash, body }) => {
      const hasRecords = body.some(({ leaf }) => leaf.kind === "record");
      const framed = frameLeaves(body.map(({ bytes }) => bytes));
      const document = headerToDocument(header, { headerHash, body: framed, hasRecords });
      const { stored } = await insertOrFind(slots, document);
      if (stored.header_hash !== headerHash) throw forked(header.slot, "the block itself");
    },
    records: async function* (fromSlot) {
      for (let after = fromSlot - 1; ;) {
        const next = await nextWithRecords(after);
        if (next === undefined) return;
        yield { slot: next.slot, records: recordsIn(next) };
        after = next.slot;
      }
    },
    finish: async (lastSlot, checkpoint) => {
      await progress.advance("marked", lastSlot);
      await progress.advance("appended", lastSlot, checkpoint);
      await progress.advance("seen", checkpoint.size, checkpoint);
    },
  };
};

const recordsIn = ({ body = new Uint8Array() }: SlotDocument): SealedRecord[] =>
  decodeBody(body).flatMap(({ leaf }) => (leaf.kind === "record" ? [leaf] : []));
