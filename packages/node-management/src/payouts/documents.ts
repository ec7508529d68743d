import type { PayoutState } from "@lucid/api";
import { defineCollection, int64 } from "@lucid/platform/documents";
import { type Static, Type } from "typebox";
import { payoutDayCollection } from "./days.ts";
import { deskCollection } from "./desk.ts";
import { pauseCollection } from "./pause.ts";
import { thresholdCollection } from "./thresholds.ts";

/** States that an owner sees; one that is only sent again and again is not a change. */
export type SealedState = Exclude<PayoutState, "broadcast">;

const integer = () => Type.Optional(Type.Integer());
const text = () => Type.Optional(Type.String());

/** A change of state as the public log shows it, and the moment from which on it may be sealed. */
const PayoutChange = Type.Object({
  state: Type.Unsafe<SealedState>(Type.String()),
  /** Which attempt; of `created` and `approved` the one to come. */
  attempt: Type.Integer({ minimum: 1 }),
  /** Chain time where there is one. */
  at: Type.Integer(),
  made_at: Type.Integer(),
  txid: text(),
  tron_block: integer(),
});

export type PayoutChange = Static<typeof PayoutChange>;

/** What a person decided about a payout, named exactly: but for `attribute` it lapses when the payout is another one by then. */
const Decision = Type.Object({
  act: Type.Unsafe<"approve" | "cancel" | "expire" | "close" | "retry" | "attribute">(
    Type.String(),
  ),
  by: Type.String(),
  at: Type.Integer(),
  reason: Type.String(),
  recipient: Type.String(),
  net_micro: int64(),
  attempt: Type.Integer(),
  /** Of `close`: what the owner gets back. */
  back_micro: Type.Optional(int64()),
  /** Of `attribute`: the transaction that paid it. */
  txid: text(),
});

export type Decision = Static<typeof Decision>;

/** How it was proven that an attempt can never enter the chain: the blocks that were read, to the last one by each endpoint. */
const Expiry = Type.Object({
  attempt: Type.Integer(),
  txid: Type.String(),
  from_block: Type.Integer(),
  last_blocks: Type.Array(Type.String()),
  /** Who vouched for it, where fewer than two endpoints showed it. */
  by: text(),
});

export type Expiry = Static<typeof Expiry>;

/** How two people ended a dispute. */
const Closed = Type.Object({
  by: Type.Array(Type.String()),
  at: Type.Integer(),
  reason: Type.String(),
  back_micro: int64(),
});

const PayoutDocument = Type.Object({
  id: Type.String(),
  // What the ledger's debit says.
  owner_id: Type.String(),
  account: Type.String(),
  seq: Type.Integer(),
  recipient: Type.String(),
  gross_micro: int64(),
  net_micro: int64(),
  fee_micro: int64(),
  policy: Type.Integer(),
  created_at: Type.Integer(),
  // How far it is.
  state: Type.Unsafe<PayoutState>(Type.String()),
  why: Type.String(),
  /** The payer's fencing token: only its holder may change this document. */
  fence: Type.Integer(),
  changed_at: Type.Integer(),
  /** Expired on the chain's clock without proof that it is dead: it waits for a later proof and holds up nobody. */
  parked: Type.Boolean(),
  /** Whether the debit has to be given back, or was. */
  reversal: Type.Union([Type.Literal("none"), Type.Literal("due"), Type.Literal("done")]),
  /** Every state that an owner could see, oldest first. */
  changes: Type.Array(PayoutChange),
  /** The slots in whose blocks the first of these stand, one for each. Written by sealing, as is the next; the payer writes neither. */
  sealed_slots: Type.Array(Type.Integer()),
  /** Whether nothing is left to seal, and nothing will be. */
  is_sealed: Type.Boolean(),
  /** Written as people decide, and carried out by the payer; the payer writes none. */
  decisions: Type.Array(Decision),
  expiries: Type.Array(Expiry),
  closed: Type.Optional(Closed),
  /** Its signature rests on blocks that no committee cosigned, after the delay of the policy. */
  unwitnessed: Type.Boolean(),
  /** The UTC day of chain time in whose caps it is, or is about to be, reserved. */
  day: text(),
  approved_at: integer(),
  // The attempt, written before its signature is asked for; `attempt` is 0 until then.
  attempt: Type.Integer(),
  wallet: text(),
  token: text(),
  txid: text(),
  raw_data: text(),
  /** With its signature, written before it is sent the first time. */
  signed_data: text(),
  ref_block_number: integer(),
  ref_block_id: text(),
  expiration_ms: integer(),
  timestamp_ms: integer(),
  fee_limit_sun: Type.Optional(int64()),
  /** The attempt is a Transfer that a person attributed to this payout: nothing of it is kept to be sent. */
  attributed: Type.Optional(Type.Boolean()),
  // What the chain said in the end.
  block: integer(),
  block_at: integer(),
  chain_result: text(),
  fee_sun: Type.Optional(int64()),
});

export type PayoutDocument = Static<typeof PayoutDocument>;

export const payoutCollection = defineCollection({
  name: "payouts",
  schema: PayoutDocument,
  unique: [["account", "seq"]],
  indexes: [
    ["created_at"],
    ["state", "created_at"],
    ["owner_id", "created_at"],
    ["owner_id", "state"],
    ["recipient", "created_at"],
    ["reversal"],
    ["txid"],
    ["is_sealed"],
    ["wallet", "block"],
  ],
});

/** In the order in which they rest on each other: no payout is approved before its day holds a reservation. */
export const payoutsCollections = [
  payoutDayCollection,
  payoutCollection,
  pauseCollection,
  deskCollection,
  thresholdCollection,
] as const;
