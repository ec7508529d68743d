import { bytes, defineCollection } from "@lucid/platform/documents";
import type { BlockHeader } from "@lucid/protocol";
import { type Static, Type } from "typebox";
import type { SealedSlot } from "./contract.ts";

const SlotDocument = Type.Object({
  id: Type.String(),
  slot: Type.Integer(),
  observed: Type.Boolean(),
  backlog: Type.Integer({ minimum: 0 }),
  /** Framed leaves (`encodeBody`); absent once the log has them for good. */
  body: Type.Optional(bytes()),
  body_bytes: Type.Integer({ minimum: 0 }),
  body_count: Type.Integer({ minimum: 0 }),
  body_root: Type.String(),
  /** Whether it holds facts whose documents have to be told. */
  has_records: Type.Boolean(),
  policy_hash: Type.String(),
  sealed_at: Type.Integer(),
  /** Follows from everything before: what the block of this slot is called in the log. */
  header_hash: Type.String(),
});

const CheckpointDocument = Type.Object({
  size: Type.Integer({ minimum: 1 }),
  root: Type.String(),
  signature: Type.String(),
});

const ProgressDocument = Type.Object({
  id: Type.String(),
  slot: Type.Integer(),
  checkpoint: Type.Union([CheckpointDocument, Type.Null()]),
});

export type SlotDocument = Static<typeof SlotDocument>;
export type ProgressDocument = Static<typeof ProgressDocument>;

/** A sealed slot is one document: the decision what its block holds, and the outbox for the log. */
export const slotCollection = defineCollection({
  name: "slots",
  schema: SlotDocument,
  unique: [["slot"]],
  indexes: [
    ["backlog", "slot"],
    ["observed", "slot"],
    ["body_bytes", "slot"],
    ["has_records", "slot"],
    ["header_hash", "slot"],
  ],
  retention: {
    words:
      "for ever; the body until the log has it, its epoch is closed and policy `retention.segments_epochs` are over",
  },
});

/**
 * How far the steps after a seal have come, one document each: `marked`, `appended` (with the checkpoint that
 * block-manager answered), `cleared` (bodies are gone up to there), and `seen`, the largest checkpoint anyone showed us.
 */
export const progressCollection = defineCollection({
  name: "sealing_progress",
  schema: ProgressDocument,
});

export const sealingCollections = [slotCollection, progressCollection];

export const slotId = (slot: number): string => String(slot);

export const documentToSealed = (
  { slot, backlog, observed, sealed_at }: SlotDocument,
  firstSlot: number,
): SealedSlot => ({
  slot,
  height: slot - firstSlot,
  backlog,
  observed,
  sealedAtMs: sealed_at,
});

export const headerToDocument = (
  header: BlockHeader,
  made: { headerHash: string; body: Uint8Array; hasRecords: boolean },
): SlotDocument => ({
  id: slotId(header.slot),
  slot: header.slot,
  observed: header.observed,
  backlog: header.backlog,
  body: made.body,
  body_bytes: made.body.length,
  body_count: header.body_count,
  body_root: header.body_root,
  has_records: made.hasRecords,
  policy_hash: header.policy_hash,
  sealed_at: header.sealed_at,
  header_hash: made.headerHash,
});
