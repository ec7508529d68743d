import { defineCollection, int64 } from "@lucid/platform/documents";
import { type Static, Type } from "typebox";
import { sealedSlot } from "../shared/sealed.ts";

const optionalInteger = () => Type.Optional(Type.Integer());

const EpochDocument = Type.Object({
  id: Type.String(),
  epoch: Type.Integer(),
  state: Type.Union([Type.Literal("closing"), Type.Literal("closed")]),
  policy: Type.Integer(),
  /** The slot whose block ends the evidence of this epoch. */
  cut_slot: Type.Integer(),
  closing_at: Type.Integer(),
  picked_at: optionalInteger(),
  closed_at: optionalInteger(),
  /** The picked run and what it says; all of it is written at once. */
  run: Type.Optional(Type.String()),
  root: Type.Optional(Type.String()),
  count: optionalInteger(),
  total_micro: Type.Optional(int64()),
  budget_micro: Type.Optional(int64()),
  /** Sum of credits·score over valid nodes. */
  weight: Type.Optional(int64()),
  excused_slots: optionalInteger(),
  /** The slot whose block holds its epoch_closed record. */
  sealed_slot: sealedSlot(),
});

/** One epoch from the start of its settlement on. */
export type EpochDocument = Static<typeof EpochDocument>;

/** What stays as it is of an epoch that is closed: all but where it is sealed. */
export type ClosedEpoch = Omit<EpochDocument, "sealed_slot"> & {
  readonly state: "closed";
  readonly run: string;
};

export const isClosed = (document: EpochDocument): document is EpochDocument & ClosedEpoch =>
  document.state === "closed" && document.run !== undefined;

export const epochCollection = defineCollection({
  name: "epochs",
  schema: EpochDocument,
  unique: [["epoch"]],
  indexes: [
    ["state", "epoch"],
    ["sealed_slot", "epoch"],
  ],
});

const EpochResultDocument = Type.Object({
  id: Type.String(),
  run: Type.String(),
  owner_id: Type.String(),
  /** The latest known `time` of the node after this epoch; absent while none was ever known. */
  last_time: optionalInteger(),
  epoch: Type.Integer(),
  node_id: Type.String(),
  eligible: Type.Integer(),
  present: Type.Integer(),
  time: Type.Integer(),
  time_known: Type.Boolean(),
  credits: Type.Integer(),
  own: Type.Integer(),
  alpha: Type.Integer(),
  beta: Type.Integer(),
  reputation: Type.Integer(),
  contribution: Type.Integer(),
  score: Type.Integer(),
  valid: Type.Boolean(),
  reward_micro: int64(),
  /** Not indexed: what is not sealed is found by the epoch, and an index costs a page for each of many nodes. */
  sealed_slot: sealedSlot(),
});

/** A node's result in one run of an epoch's settlement. */
export type EpochResultDocument = Static<typeof EpochResultDocument>;

export const epochResultCollection = defineCollection({
  name: "epoch_results",
  schema: EpochResultDocument,
  indexes: [
    ["epoch", "run", "node_id"],
    ["node_id", "epoch"],
  ],
});

const SilenceDocument = Type.Object({
  id: Type.String(),
  epoch: Type.Integer(),
  /** What deciding about the next slot needs (SilenceState of the protocol), as canonical JSON. */
  state: Type.String(),
});

/** Where the last slot of an epoch left the search for silences; kept until the next epoch has left its own. */
export type SilenceDocument = Static<typeof SilenceDocument>;

export const silenceCollection = defineCollection({
  name: "silences",
  schema: SilenceDocument,
  unique: [["epoch"]],
  retention: { words: "until the next epoch has left its own" },
});

export const epochsCollections = [epochCollection, epochResultCollection, silenceCollection];

export const resultDocumentId = (epoch: number, run: string, nodeId: string): string =>
  `${epoch}/${run}/${nodeId}`;
