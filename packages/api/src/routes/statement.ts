import { Type } from "typebox";
import { defineRoute } from "../route.ts";
import {
  Address,
  BasisPoints,
  bytes,
  Epoch,
  hex,
  NodeId,
  nullable,
  object,
  OwnerId,
  PayoutId,
  Sealed,
  Time,
  Usdt,
} from "../schemas.ts";
import { HoldView } from "./holds.ts";

const Proof = Type.String({ description: "the kind of work that earned it: uptime_beacon" });
const Trx = Type.String({ description: "TRX that the chain took, which the network pays" });

const StatementLine = object({
  at: Time,
  kind: Type.String(),
  amount_usdt: Usdt,
  balance_usdt: Usdt,
  ledger: object({
    account: Type.String(),
    seq: Type.Integer(),
    key: Type.String(),
    hash: hex(32, "of the entry"),
  }),
  policy: Type.Integer(),
  sealed: Sealed,
  because: Type.String({ description: "one sentence: where the amount comes from" }),
  reward: nullable(
    object({
      epoch: Epoch,
      proof: Proof,
      node_id: NodeId,
      present: Type.Integer(),
      eligible: Type.Integer(),
      credits: Type.Integer(),
      score: BasisPoints,
      budget_usdt: Usdt,
      results_root: hex(32, "of the epoch's results"),
      sealed: Sealed,
    }),
  ),
  payout: nullable(
    object({
      payout_id: PayoutId,
      state: Type.String(),
      net_usdt: Usdt,
      fee_usdt: Usdt,
      recipient: Address,
      txid: nullable(hex(32, "of the transaction")),
      block: nullable(Type.Integer()),
      network_cost_trx: nullable(Trx),
      explorer_url: nullable(Type.String()),
      confirmed_at: nullable(Time),
    }),
  ),
});

const Statement = object({
  owner_id: OwnerId,
  network_id: hex(32, "network"),
  address: Address,
  from: nullable(Time),
  to: Time,
  opening_usdt: Usdt,
  earned_usdt: Usdt,
  payouts_usdt: Usdt,
  forfeited_usdt: Usdt,
  other_usdt: Usdt,
  closing_usdt: Usdt,
  paid_usdt: Usdt,
  in_flight_usdt: Usdt,
  fees_usdt: Usdt,
  network_cost_trx: Trx,
  held_usdt: Type.String({ description: "what of the closing balance waits behind a hold" }),
  holds: Type.Array(HoldView, { description: "that kept payouts waiting in this time" }),
  by_node: Type.Array(
    object({
      node_id: NodeId,
      proof: Proof,
      epochs: Type.Integer(),
      credits: Type.Integer({ description: "millicredits" }),
      earned_usdt: Usdt,
    }),
  ),
  adds_up: Type.Boolean({ description: "opening + lines = closing, and the hash chain holds" }),
  lines: Type.Array(StatementLine),
  as_of: Time,
});

const params = object({ owner_id: OwnerId });

/** Moments, or epochs: what a statement is about. */
const range = object({
  from: Type.Optional(Time),
  to: Type.Optional(Time),
  epoch: Type.Optional(Epoch),
  to_epoch: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 2 ** 48, description: "with epoch: the last one" }),
  ),
});

export const statementRoutes = {
  getStatement: defineRoute({
    operationId: "getStatement",
    method: "GET",
    path: "/api/v1/owners/:owner_id/statement",
    tag: "owners",
    summary: "Every line with its source; adds up to the micro-USDT",
    roles: ["anyone"],
    params,
    query: range,
    response: { 200: Statement },
    errors: ["owners.unknown"],
  }),
  getStatementCsv: defineRoute({
    operationId: "getStatementCsv",
    method: "GET",
    path: "/api/v1/owners/:owner_id/statement.csv",
    tag: "owners",
    summary: "The statement as a table (RFC 4180): a line for each entry, and one with the totals",
    roles: ["anyone"],
    params,
    query: range,
    response: { 200: bytes("text/csv", "UTF-8, comma-separated, CRLF, with a header line") },
    errors: ["owners.unknown"],
  }),
};
