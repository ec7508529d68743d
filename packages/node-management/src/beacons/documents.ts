import { bytes, defineCollection } from "@lucid/platform/documents";
import { type Static, Type } from "typebox";
import { sealedSlot } from "../shared/sealed.ts";
import type { CommitmentMessage } from "./contract.ts";

const CommitmentDocument = Type.Object({
  id: Type.String(),
  node_id: Type.String(),
  epoch: Type.Integer(),
  anchor: Type.String(),
  signature: Type.String(),
  received_at: Type.Integer(),
  sealed_slot: sealedSlot(),
});

const SegmentDocument = Type.Object({
  id: Type.String(),
  slot: Type.Integer(),
  replica: Type.String(),
  seq: Type.Integer({ minimum: 0 }),
  /** Entries of 52 bytes: the 20 bytes of a node id, then its reveal. None: the replica's part of the slot ends here. */
  entries: bytes(),
  at: Type.Integer(),
});

const ListeningDocument = Type.Object({
  id: Type.String(),
  replica: Type.String(),
  from_ms: Type.Integer(),
  until_ms: Type.Integer(),
});

const ExcuseDocument = Type.Object({
  id: Type.String(),
  slot: Type.Integer(),
  deaf_ms: Type.Integer(),
  sealed_slot: sealedSlot(),
});

export type CommitmentDocument = Static<typeof CommitmentDocument>;
export type SegmentDocument = Static<typeof SegmentDocument>;
export type ListeningDocument = Static<typeof ListeningDocument>;
export type ExcuseDocument = Static<typeof ExcuseDocument>;

/** The first commitment under `<epoch>/<node_id>` is the only one. */
export const commitmentCollection = defineCollection({
  name: "commitments",
  schema: CommitmentDocument,
  unique: [["epoch", "node_id"]],
  indexes: [
    ["sealed_slot", "epoch"],
    ["sealed_slot", "received_at"],
  ],
  retention: { epochs: 30, field: "epoch", unit: "epoch" },
});

/** Evidence: the first commitment that contradicts the one stored under the same id. */
export const equivocationCollection = defineCollection({
  name: "equivocations",
  schema: CommitmentDocument,
  indexes: [["node_id", "epoch"]],
});

/**
 * Accepted beacons of one slot, as many as one turn of the event loop brought, id `<slot>/<replica>/<seq>`; those of a
 * sealed slot in one document.
 */
export const segmentCollection = defineCollection({
  name: "beacon_segments",
  schema: SegmentDocument,
  unique: [["slot", "replica", "seq"]],
  retention: { words: "as the bodies of their slots: policy `retention.segments_epochs`" },
});

/** A span of time in which a replica was able to hear, id `<replica>/<from_ms>`; a beat moves `until_ms`. */
export const listeningCollection = defineCollection({
  name: "listening",
  schema: ListeningDocument,
  indexes: [["until_ms"]],
  retention: { epochs: 90, field: "until_ms", unit: "ms" },
});

/** A slot in which we heard, but not enough of it, id `<slot>`. */
export const excuseCollection = defineCollection({
  name: "excuses",
  schema: ExcuseDocument,
  unique: [["slot"]],
  indexes: [["sealed_slot", "slot"]],
});

/** Instead of a replica: its only segment of a slot, number 0, holds what all replicas accepted, once that is sealed. */
export const SEALED = "log";

export const commitmentId = (epoch: number, nodeId: string): string => `${epoch}/${nodeId}`;

export const messageToCommitment = (
  message: CommitmentMessage,
  receivedAtMs: number,
): CommitmentDocument => ({
  id: commitmentId(message.epoch, message.node_id),
  node_id: message.node_id,
  epoch: message.epoch,
  anchor: message.anchor,
  signature: message.signature,
  received_at: receivedAtMs,
  sealed_slot: null,
});

export const segmentId = (slot: number, replica: string, seq: number): string =>
  `${slot}/${replica}/${seq}`;
