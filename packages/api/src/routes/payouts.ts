import { Type } from "typebox";
import { PAYOUT_STATES } from "../payout-states.ts";
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
  Sealed,
  Time,
  Usdt,
} from "../schemas.ts";

const PayoutState = Type.Enum(PAYOUT_STATES);

const Change = object({
  state: PayoutState,
  attempt: Type.Integer(),
  at: Time,
  sealed: Sealed,
});

const Decision = object({
  act: Type.Union([
    Type.Literal("approve"),
    Type.Literal("cancel"),
    Type.Literal("expire"),
    Type.Literal("close"),
    Type.Literal("retry"),
    Type.Literal("attribute"),
  ]),
  by: Type.String({ description: "the person" }),
  at: Time,
  reason: Type.String(),
  attempt: Type.Integer({ description: "the attempt it was about; it lapses with it" }),
  give_back_usdt: nullable(Usdt),
  txid: nullable(hex(32, "of attribute: the transaction that paid it")),
});

const Closed = object({
  by: Type.Array(Type.String()),
  at: Time,
  reason: Type.String(),
  give_back_usdt: Usdt,
});

export const PayoutView = object({
  payout_id: PayoutId,
  owner_id: OwnerId,
  state: PayoutState,
  why: Type.String({ description: "one sentence: what happened or what it waits for" }),
  attempt: Type.Integer({ description: "from 1; 0 before the first signature" }),
  attempt_to_decide: Type.Integer({ description: "the one that a decision made now is about" }),
  recipient: Address,
  gross_usdt: Usdt,
  net_usdt: Usdt,
  fee_usdt: Usdt,
  wallet: nullable(Address),
  txid: nullable(hex(32, "stored before anything is sent")),
  block: nullable(Type.Integer()),
  explorer_url: nullable(Type.String()),
  unwitnessed: Type.Boolean({
    description: "signed after the policy's delay, with no committee's word for its blocks",
  }),
  changes: Type.Array(Change, { description: "every state it has come to, and where that stands" }),
  decisions: Type.Array(Decision, { description: "what people decided about it, oldest first" }),
  closed: nullable(Closed),
  sealed: Sealed,
  policy: Type.Integer(),
  created_at: Time,
  changed_at: Time,
});

const Statistics = object({
  by_state: Type.Record(Type.String(), Type.Integer()),
  paid_usdt: Usdt,
  fees_usdt: Usdt,
  in_flight_usdt: Usdt,
  owed_usdt: Usdt,
  reserved_today_usdt: Usdt,
  as_of: Time,
});

const Schedule = object({
  state: Type.String(),
  reason: nullable(Type.String()),
  period_s: Type.Integer(),
  last_run_at: nullable(Time),
  next_run_at: nullable(Time),
  as_of: Time,
});

export const payoutRoutes = {
  listPayouts: defineRoute({
    operationId: "listPayouts",
    method: "GET",
    path: "/api/v1/payouts",
    tag: "payouts",
    summary: "Payouts, newest first",
    roles: ["anyone"],
    query: object({ ...pageQuery, state: Type.Optional(PayoutState) }),
    response: { 200: list(PayoutView) },
    errors: [],
  }),
  getPayoutThreshold: defineRoute({
    operationId: "getPayoutThreshold",
    method: "GET",
    path: "/api/v1/payouts/threshold",
    tag: "payouts",
    summary: "From which balance on, and for which fee, this network pays",
    roles: ["anyone"],
    response: {
      200: object({
        threshold_usdt: Usdt,
        minimum_usdt: Usdt,
        maximum_usdt: Usdt,
        fee_bp: Type.Integer(),
        fee_min_usdt: Usdt,
        fee_max_usdt: Usdt,
        policy_version: Type.Integer(),
      }),
    },
    errors: [],
  }),
  getPayoutSchedule: defineRoute({
    operationId: "getPayoutSchedule",
    method: "GET",
    path: "/api/v1/payouts/schedule",
    tag: "payouts",
    summary: "When the next run is, or why there is none",
    roles: ["anyone"],
    response: { 200: Schedule },
    errors: [],
  }),
  getPayoutStatistics: defineRoute({
    operationId: "getPayoutStatistics",
    method: "GET",
    path: "/api/v1/payouts/statistics",
    tag: "payouts",
    summary: "Totals by state, paid, in flight, owed",
    roles: ["anyone"],
    response: { 200: Statistics },
    errors: [],
  }),
  processPayouts: defineRoute({
    operationId: "processPayouts",
    method: "POST",
    path: "/api/v1/payouts/process",
    tag: "payouts",
    summary: "Run now instead of waiting for the schedule",
    roles: ["treasurer", "admin"],
    audit: { reads: "getPayoutSchedule" },
    rate: "payouts",
    response: { 202: Schedule },
    errors: ["payouts.not_configured"],
  }),
  getPayout: defineRoute({
    operationId: "getPayout",
    method: "GET",
    path: "/api/v1/payouts/:payout_id",
    tag: "payouts",
    summary: "One payout",
    roles: ["anyone"],
    params: object({ payout_id: PayoutId }),
    response: { 200: PayoutView },
    errors: ["payouts.unknown"],
  }),
};
