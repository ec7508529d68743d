import { type Collection, defineCollection } from "@lucid/platform/documents";
import { type Static, Type } from "typebox";
import { sealedSlot } from "../shared/sealed.ts";

const rewardMethod = Type.Union([Type.Literal("equal"), Type.Literal("work_credits")]);

const PoolDocument = Type.Object({
  id: Type.String(),
  name: Type.String(),
  reward_method: rewardMethod,
  placement: Type.Union([Type.Literal("least_loaded"), Type.Literal("weighted")]),
  max_nodes: Type.Integer({ minimum: 1, maximum: 100 }),
  state: Type.Union([Type.Literal("active"), Type.Literal("draining"), Type.Literal("disbanded")]),
  /** Whether it drains to be disbanded. */
  is_ending: Type.Boolean(),
  created_at: Type.Integer(),
  revision: Type.Integer({ minimum: 0 }),
});

const SeatDocument = Type.Object({
  id: Type.String(),
  pool_id: Type.String(),
  seat: Type.Integer({ minimum: 0 }),
  /** The node that sits here, `moving:<node>` while the seat is kept for a move, the seat's own id while it is vacant. */
  node_id: Type.String(),
  consent: Type.Union([rewardMethod, Type.Null()]),
  /** Of a seat that is kept: whether the move is decided, so that nothing calls it off any more. */
  is_decided: Type.Boolean(),
  changed_at: Type.Integer(),
  /** The slot of the latest block that says something about this seat; null while none does. */
  sealed_slot: sealedSlot(),
  /** Whether the blocks up to `sealed_slot` say what it says; false also while nobody has looked. */
  is_told: Type.Boolean(),
});

const SeatRecordDocument = Type.Object({
  id: Type.String(),
  slot: Type.Integer({ minimum: 0 }),
  pool_id: Type.String(),
  seat: Type.Integer({ minimum: 0 }),
  node_id: Type.Optional(Type.String()),
  consent: Type.Optional(rewardMethod),
});

export type PoolDocument = Static<typeof PoolDocument>;
export type SeatDocument = Static<typeof SeatDocument>;
export type SeatRecordDocument = Static<typeof SeatRecordDocument>;

export const poolCollection = defineCollection({ name: "pools", schema: PoolDocument });

/** One seat is one document, `<pool>/<n>`: a pool cannot hold more nodes than it has seats, nor two of them one node. */
export const seatCollection = defineCollection({
  name: "seats",
  schema: SeatDocument,
  unique: [["node_id"]],
  indexes: [["pool_id", "seat"], ["is_told"]],
});

/** What blocks say about seats, `<slot, 12 digits>/<pool>/<n>`. */
export const seatRecordCollection = defineCollection({
  name: "seat_records",
  schema: SeatRecordDocument,
  indexes: [["pool_id", "seat", "slot"]],
});

export type SeatCollection = Collection<SeatDocument>;

export const seatId = (poolId: string, seat: number): string => `${poolId}/${seat}`;

/** What a seat that is kept for a moving node holds in the node's place. */
export const keptFor = (nodeId: string): string => `moving:${nodeId}`;

/** The node that a seat is kept for; null when it is not. */
export const movingNode = ({ node_id }: SeatDocument): string | null =>
  node_id.startsWith("moving:") ? node_id.slice("moving:".length) : null;

export const isVacant = ({ id, node_id }: SeatDocument): boolean => node_id === id;

/** Whether a node sits here; a seat that is kept for one is not yet its own. */
export const isTaken = (seat: SeatDocument): boolean =>
  !isVacant(seat) && movingNode(seat) === null;

/** The start of the ids of what a slot's block says. */
export const slotKey = (slot: number): string => String(slot).padStart(12, "0");
