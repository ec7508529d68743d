import { defineCollection, int64 } from "@lucid/platform/documents";
import { type Static, Type } from "typebox";

const WalletDocument = Type.Object({
  /** The wallet's address. */
  id: Type.String(),
  /** Grows with every change. */
  revision: Type.Integer(),
  /** The block before the first that the books answer for. */
  start_number: Type.Integer(),
  start_at: Type.Integer(),
  start_micro: int64(),
  // The last solidified block up to which the chain was the books.
  number: Type.Integer(),
  block_id: Type.String(),
  block_at: Type.Integer(),
  balance_micro: int64(),
  reconciled_at: Type.Integer(),
});

/** How far the chain and the books of one wallet were compared, and what the wallet held there. */
export type WalletDocument = Static<typeof WalletDocument>;

export const walletCollection = defineCollection({
  name: "treasury_wallets",
  schema: WalletDocument,
});

const IncomingDocument = Type.Object({
  id: Type.String(),
  wallet: Type.String(),
  from: Type.String(),
  txid: Type.String(),
  block: Type.Integer(),
  amount_micro: int64(),
  is_recorded: Type.Boolean(),
});

/** A Transfer to one of our wallets. It counts once a person has recorded it as a top-up. */
export type IncomingDocument = Static<typeof IncomingDocument>;

export const incomingCollection = defineCollection({
  name: "treasury_incoming",
  schema: IncomingDocument,
  indexes: [["is_recorded", "wallet"], ["txid"]],
});

const RecordedTransfer = Type.Object({
  from: Type.String(),
  to: Type.String(),
  amount_micro: int64(),
});

const RecordDocument = Type.Object({
  /** The txid: a transaction is recorded once. */
  id: Type.String(),
  direction: Type.Union([Type.Literal("in"), Type.Literal("out")]),
  /** Its Transfers of our token from or to our wallets, as the chain shows them. */
  transfers: Type.Array(RecordedTransfer),
  block: Type.Integer(),
  block_at: Type.Integer(),
  reason: Type.String(),
  /** The payout that it was, whose debit the books have. */
  payout_id: Type.Optional(Type.String()),
  /** The owner whom it paid without a debit in the books; `gross_micro` leaves the balance by an adjustment. */
  owner_id: Type.Optional(Type.String()),
  gross_micro: Type.Optional(int64()),
  policy: Type.Optional(Type.Integer()),
  adjustment: Type.Union([Type.Literal("none"), Type.Literal("due"), Type.Literal("done")]),
  recorded_by: Type.String(),
  recorded_at: Type.Integer(),
});

/** A person's word about a Transfer that no payout explains. */
export type RecordDocument = Static<typeof RecordDocument>;

export const recordCollection = defineCollection({
  name: "treasury_records",
  schema: RecordDocument,
  indexes: [["recorded_at"], ["payout_id"], ["adjustment"]],
});

const ReconciliationDocument = Type.Object({
  id: Type.String(),
  revision: Type.Integer(),
  at: Type.Integer(),
  took_ms: Type.Integer(),
  sources: Type.Array(Type.String()),
  payouts: Type.Integer(),
  transfers: Type.Integer(),
  /** The first of them; `differences_total` counts all. */
  differences: Type.Array(
    Type.Object({
      kind: Type.String(),
      wallet: Type.String(),
      txid: Type.Union([Type.String(), Type.Null()]),
      words: Type.String(),
    }),
  ),
  differences_total: Type.Integer(),
});

/** What the last comparison of all Transfers with all payouts came to. */
export type ReconciliationDocument = Static<typeof ReconciliationDocument>;

export const reconciliationCollection = defineCollection({
  name: "treasury_reconciliations",
  schema: ReconciliationDocument,
});

export const treasuryCollections = [
  walletCollection,
  incomingCollection,
  recordCollection,
  reconciliationCollection,
];
