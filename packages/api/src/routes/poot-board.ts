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
  Time,
  Usdt,
} from "../schemas.ts";

const Count = Type.Integer({ minimum: 0 });

const RankView = object({
  rank: Type.Integer({ minimum: 1 }),
  epoch: Epoch,
  node_id: NodeId,
  owner_id: OwnerId,
  score: BasisPoints,
  credits: Type.Integer({ description: "millicredits" }),
  present: Count,
  eligible: Count,
  valid: Type.Boolean(),
  reward_usdt: Usdt,
});

const Statistics = object({
  open_epoch: Epoch,
  last: nullable(
    object(
      {
        epoch: Epoch,
        closed_at: Time,
        results: Count,
        valid: Type.Integer({ description: "of these, valid: they share the budget" }),
        score: nullable(object({ lowest: BasisPoints, median: BasisPoints, highest: BasisPoints })),
        present: Type.Integer({ description: "slots with an accepted beacon, of all nodes" }),
        eligible: Type.Integer({ description: "slots that count, of all nodes" }),
        credits: Type.Integer({ description: "millicredits of all nodes" }),
        budget_usdt: Usdt,
        rewarded_usdt: Usdt,
      },
      "the latest closed epoch; null before the first",
    ),
  ),
  as_of: Time,
});

const Sums = object({ count: Count, root: hex(32, "over the results"), total_usdt: Usdt });

const Validation = object({
  epoch: Epoch,
  same: Type.Boolean({ description: "whether everything that was recomputed is what is stored" }),
  stored: Sums,
  recomputed: Sums,
  differences: Type.Array(
    object({
      node_id: NodeId,
      field: Type.String(),
      stored: Type.String(),
      recomputed: Type.String(),
    }),
    { description: "the first hundred" },
  ),
  not_checked: Type.String({ description: "one sentence: what only the public log can tell" }),
});

const Due = object({
  open_epoch: Epoch,
  last_closed: nullable(Epoch),
  due: nullable(Epoch),
  settles_at: Time,
  why: Type.String({ description: "one sentence" }),
});

/** Paths without parameters: they stand before `/poot/:node_id`. */
export const pootBoardRoutes = {
  getLeaderboard: defineRoute({
    operationId: "getLeaderboard",
    method: "GET",
    path: "/api/v1/poot/leaderboard",
    tag: "PoOT",
    summary: "Nodes of the latest closed epoch by score, then credits, then id",
    roles: ["anyone"],
    query: object(pageQuery),
    response: { 200: list(RankView) },
    errors: [],
  }),
  getPootStatistics: defineRoute({
    operationId: "getPootStatistics",
    method: "GET",
    path: "/api/v1/poot/statistics",
    tag: "PoOT",
    summary: "What the latest closed epoch came to, over all nodes",
    roles: ["anyone"],
    response: { 200: Statistics },
    errors: [],
  }),
  validateEpoch: defineRoute({
    operationId: "validateEpoch",
    method: "POST",
    path: "/api/v1/poot/validate",
    tag: "PoOT",
    summary: "Recompute an epoch's scores and rewards from its presence, and compare",
    description:
      "Takes from the stored results how many slots counted and had a beacon, and computes everything else anew: components, scores, validity, rewards, root and total. Changes nothing. Whether the presence is right follows from the public log: `lucid verify`.",
    roles: ["operator", "admin", "auditor"],
    audit: "none",
    rate: "changes",
    body: object({ epoch: Epoch }),
    response: { 200: Validation },
    errors: ["epochs.unknown"],
  }),
  calculateEpoch: defineRoute({
    operationId: "calculateEpoch",
    method: "POST",
    path: "/api/v1/poot/calculate",
    tag: "PoOT",
    summary: "Settle what is due now instead of with the next turn; says what is due",
    roles: ["operator", "admin"],
    audit: { subject: "due" },
    rate: "changes",
    response: { 202: Due },
    errors: [],
  }),
};
