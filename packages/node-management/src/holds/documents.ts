import type { HoldReason } from "@lucid/api";
import { defineCollection, int64 } from "@lucid/platform/documents";
import { type Static, Type } from "typebox";

/** What one person would have the owner forfeit. */
const Word = Type.Object({
  by: Type.String(),
  at: Type.Integer(),
  reason: Type.String(),
  forfeit_micro: int64(),
});

export type Word = Static<typeof Word>;

const HoldDocument = Type.Object({
  id: Type.String(),
  owner_id: Type.String(),
  /** The how-manieth of the owner, from 0. */
  seq: Type.Integer({ minimum: 0 }),
  state: Type.Union([Type.Literal("active"), Type.Literal("released"), Type.Literal("upheld")]),
  /** Payouts wait: while it is active, and after it was upheld until the ledger has taken what is forfeited. */
  is_shut: Type.Boolean(),
  reason_code: Type.Unsafe<HoldReason>(Type.String()),
  reason: Type.String(),
  held_by: Type.String(),
  held_at: Type.Integer(),
  decisions: Type.Array(Word),
  ended: Type.Optional(
    Type.Object({ by: Type.Array(Type.String()), at: Type.Integer(), reason: Type.String() }),
  ),
  /** What two people agreed on. */
  forfeit_micro: Type.Optional(int64()),
  /** When payouts stopped to wait. */
  opened_at: Type.Optional(Type.Integer()),
});

/** One hold, and what people decided about it; `seq` makes it one decision however often it is asked for. */
export type HoldDocument = Static<typeof HoldDocument>;

export type HoldState = HoldDocument["state"];

export const holdCollection = defineCollection({
  name: "holds",
  schema: HoldDocument,
  unique: [["owner_id", "seq"]],
  indexes: [
    ["held_at"],
    ["state", "held_at"],
    ["owner_id", "held_at"],
    ["owner_id", "state", "held_at"],
    ["is_shut", "owner_id"],
    ["is_shut", "state"],
  ],
});

export const holdsCollections = [holdCollection] as const;
