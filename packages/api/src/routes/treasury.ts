import { Type } from "typebox";
import { defineRoute } from "../route.ts";
import {
  Address,
  hex,
  list,
  nullable,
  object,
  OwnerId,
  pageQuery,
  PayoutId,
  Reason,
  Time,
  Usdt,
} from "../schemas.ts";

const Txid = hex(32, "the transaction's id");

const Difference = object({
  kind: Type.String({
    description:
      "unknown_transfer, missing_transfer, contradiction, balance, history, sources or adjustment",
  }),
  wallet: Type.String(),
  txid: nullable(Txid),
  words: Type.String({ description: "one sentence for treasurer and owners" }),
});

const Wallet = object({
  address: Address,
  state: Type.Union([Type.Literal("active"), Type.Literal("draining"), Type.Literal("retired")], {
    description: "paid from; left behind with payouts on their way; left behind and watched",
  }),
  block: nullable(Type.Integer({ description: "up to which chain and books were compared" })),
  balance_usdt: nullable(Usdt),
  reconciled_at: nullable(Time),
});

const TreasuryView = object({
  state: Type.Union([Type.Literal("open"), Type.Literal("waiting"), Type.Literal("stopped")], {
    description: "whether anything may be signed; waiting while something could not be read",
  }),
  reason: nullable(Type.String()),
  differences: Type.Array(Difference),
  checked_at: nullable(Time),
  wallets: Type.Array(Wallet),
  unrecorded_usdt: Usdt,
  unrecorded: Type.Array(
    object({
      txid: Txid,
      wallet: Address,
      from: Address,
      amount_usdt: Usdt,
      block: Type.Integer(),
    }),
    { description: "came in, and counts once it is recorded as a top-up" },
  ),
  as_of: Time,
});

const RecordView = object({
  txid: Txid,
  direction: Type.Union([Type.Literal("in"), Type.Literal("out")]),
  transfers: Type.Array(object({ from: Address, to: Address, amount_usdt: Usdt })),
  block: Type.Integer(),
  block_at: Time,
  reason: Type.String(),
  payout_id: nullable(PayoutId),
  owner_id: nullable(OwnerId),
  debited_usdt: nullable(Usdt),
  recorded_by: Type.String(),
  recorded_at: Time,
});

const Reconciliation = object({
  at: Time,
  took_ms: Type.Integer(),
  sources: Type.Array(Type.String()),
  payouts: Type.Integer(),
  transfers: Type.Integer(),
  differences_total: Type.Integer(),
  differences: Type.Array(Difference, { description: "the first hundred" }),
});

export const treasuryRoutes = {
  getTreasury: defineRoute({
    operationId: "getTreasury",
    method: "GET",
    path: "/api/v1/treasury",
    tag: "treasury",
    summary: "Whether what left the wallets is in the books, and what is not",
    roles: ["anyone"],
    response: { 200: TreasuryView },
    errors: [],
  }),
  listTreasuryRecords: defineRoute({
    operationId: "listTreasuryRecords",
    method: "GET",
    path: "/api/v1/treasury/records",
    tag: "treasury",
    summary: "What people said about transactions that no payout explains, newest first",
    roles: ["treasurer", "admin", "auditor"],
    query: object(pageQuery),
    response: { 200: list(RecordView) },
    errors: [],
  }),
  recordTransfer: defineRoute({
    operationId: "recordTransfer",
    method: "POST",
    path: "/api/v1/treasury/records",
    tag: "treasury",
    summary: "Say what a transaction was: a top-up, money taken out, or pay that the books lost",
    description:
      "With `payout_id` it was that payout, which ends disputed when it moved another amount; with `owner_id` it paid that owner, whose balance is debited with what the payout took; with neither the balances of owners stay.",
    roles: ["treasurer", "admin"],
    audit: { subject: "txid" },
    rate: "payouts",
    body: object({
      txid: Txid,
      reason: Reason,
      payout_id: Type.Optional(PayoutId),
      owner_id: Type.Optional(OwnerId),
    }),
    response: { 200: RecordView, 201: RecordView },
    errors: [
      "treasury.unknown_transaction",
      "treasury.recorded",
      "treasury.known",
      "treasury.no_match",
      "treasury.balance",
      "treasury.unreachable",
      "payouts.not_configured",
      "payouts.unknown",
      "owners.unknown",
    ],
  }),
  rotateWallet: defineRoute({
    operationId: "rotateWallet",
    method: "POST",
    path: "/api/v1/treasury/wallets",
    tag: "treasury",
    summary:
      "Pay from another wallet, from the next start with its key on; the old one stays watched",
    roles: ["admin"],
    audit: { reads: "getTreasury", subject: "address" },
    rate: "payouts",
    body: object({ address: Address }),
    response: { 201: object({ wallets: Type.Array(Wallet) }) },
    errors: ["treasury.wallet", "treasury.unreachable", "payouts.not_configured"],
  }),
  getReconciliation: defineRoute({
    operationId: "getReconciliation",
    method: "GET",
    path: "/api/v1/payouts/reconciliation",
    tag: "payouts",
    summary: "What the last comparison of all transfers with all payouts came to",
    roles: ["anyone"],
    response: { 200: Reconciliation },
    errors: ["payouts.not_reconciled"],
  }),
  reconcilePayouts: defineRoute({
    operationId: "reconcilePayouts",
    method: "POST",
    path: "/api/v1/payouts/reconcile",
    tag: "payouts",
    summary: "Compare all transfers of all wallets with all payouts, from every source there is",
    roles: ["treasurer", "admin", "auditor"],
    rate: "payouts",
    response: { 200: Reconciliation },
    errors: ["treasury.unreachable", "payouts.not_configured"],
  }),
};
