import { Type } from "typebox";
import { defineRoute } from "../route.ts";
import {
  BasisPoints,
  Epoch,
  hex,
  list,
  NodeId,
  nullable,
  object,
  OwnerId,
  pageQuery,
  Sealed,
  Slot,
  Time,
  Usdt,
} from "../schemas.ts";

const Score = {
  eligible: Type.Integer({ description: "slots that count" }),
  present: Type.Integer({ description: "of these, with an accepted beacon" }),
  time: BasisPoints,
  time_known: Type.Boolean(),
  credits: Type.Integer({ description: "millicredits" }),
  own: BasisPoints,
  reputation: BasisPoints,
  contribution: BasisPoints,
  score: BasisPoints,
  valid: Type.Boolean(),
};

const Weights = object({
  time: BasisPoints,
  own: BasisPoints,
  reputation: BasisPoints,
  contribution: BasisPoints,
});

const ResultView = object({
  epoch: Epoch,
  node_id: NodeId,
  owner_id: OwnerId,
  ...Score,
  reward_usdt: Usdt,
  policy_version: Type.Integer(),
  weights: Weights,
  why: Type.Array(Type.String(), {
    description: "sentences that explain the score and the reward",
  }),
  sealed: Sealed,
});

const Provisional = object({
  epoch: Epoch,
  eligible: Type.Integer(),
  present: Type.Integer(),
  time: nullable(BasisPoints),
  credits: Type.Integer(),
});

const EpochView = object({
  epoch: Epoch,
  state: Type.Union([Type.Literal("open"), Type.Literal("closing"), Type.Literal("closed")]),
  starts_at: Time,
  ends_at: Time,
  settles_at: Time,
  closed_at: nullable(Time),
  count: nullable(Type.Integer({ description: "results" })),
  root: nullable(hex(32, "RFC 6962 root over the result records")),
  budget_usdt: nullable(Usdt),
  total_usdt: nullable(Usdt),
  excused_slots: nullable(Type.Integer()),
  cut_slot: nullable(Slot),
  policy_version: Type.Integer(),
  sealed: Sealed,
});

export const pootRoutes = {
  listEpochs: defineRoute({
    operationId: "listEpochs",
    method: "GET",
    path: "/api/v1/epochs",
    tag: "PoOT",
    summary: "The open epoch and those before, newest first",
    roles: ["anyone"],
    query: object(pageQuery),
    response: { 200: list(EpochView) },
    errors: [],
  }),
  getEpoch: defineRoute({
    operationId: "getEpoch",
    method: "GET",
    path: "/api/v1/epochs/:epoch",
    tag: "PoOT",
    summary: "One epoch",
    roles: ["anyone"],
    params: object({ epoch: Epoch }),
    response: { 200: EpochView },
    errors: ["epochs.unknown"],
  }),
  listEpochResults: defineRoute({
    operationId: "listEpochResults",
    method: "GET",
    path: "/api/v1/epochs/:epoch/results",
    tag: "PoOT",
    summary: "Results of a settled epoch in ascending node id",
    roles: ["anyone"],
    params: object({ epoch: Epoch }),
    query: object(pageQuery),
    response: { 200: list(ResultView) },
    errors: ["epochs.unknown"],
  }),
  getPoot: defineRoute({
    operationId: "getPoot",
    method: "GET",
    path: "/api/v1/poot/:node_id",
    tag: "PoOT",
    summary: "A node's latest result, and how the open epoch stands",
    roles: ["anyone"],
    params: object({ node_id: NodeId }),
    response: {
      200: object({
        latest: nullable(ResultView),
        provisional: nullable(Provisional),
        server_time: Time,
      }),
    },
    errors: ["nodes.unknown"],
  }),
  listPootHistory: defineRoute({
    operationId: "listPootHistory",
    method: "GET",
    path: "/api/v1/poot/:node_id/history",
    tag: "PoOT",
    summary: "A node's results, newest first",
    roles: ["anyone"],
    params: object({ node_id: NodeId }),
    query: object(pageQuery),
    response: { 200: list(ResultView) },
    errors: ["nodes.unknown"],
  }),
};
