import { Type } from "typebox";
import { defineRoute } from "../route.ts";
import { Status } from "./nodes.ts";
import { list, NodeId, nullable, object, pageQuery, PoolId, Time } from "../schemas.ts";

export const RewardMethod = Type.Enum(["work_credits", "equal"], {
  description:
    "work_credits: each node keeps what it earned; equal: those who agreed to it split what they earned equally",
});
const Placement = Type.Enum(["least_loaded", "weighted"], {
  description: "how full the pool counts when a node names no pool: by members, or by their scores",
});
const PoolStatus = Type.Enum(["active", "degraded", "draining", "disbanded"], {
  description: "degraded: under 80 % of the members are online",
});
const Name = Type.String({
  pattern: "^[!-~]([ -~]{0,62}[!-~])?$",
  description: "1 to 64 printable ASCII characters, no space at either end",
});
const MaxNodes = Type.Integer({
  minimum: 1,
  maximum: 100,
  description: "seats, at most the network's pool_max_nodes; only grows",
});
const Count = Type.Integer({ minimum: 0 });
const online = {
  members: Count,
  online: Count,
  online_bp: nullable(
    Type.Integer({ description: "online over members, basis points; null without members" }),
  ),
};

const PoolView = object({
  pool_id: PoolId,
  name: Name,
  status: PoolStatus,
  reward_method: RewardMethod,
  placement: Placement,
  max_nodes: MaxNodes,
  ...online,
  created_at: Time,
});

const HealthView = object({
  pool_id: PoolId,
  status: PoolStatus,
  why: Type.String({ description: "one sentence" }),
  max_nodes: MaxNodes,
  ...online,
  not_online: Type.Array(object({ node_id: NodeId, status: Status })),
});

const params = object({ pool_id: PoolId });
const operators = ["operator", "admin"] as const;

export const poolRoutes = {
  createPool: defineRoute({
    operationId: "createPool",
    method: "POST",
    path: "/api/v1/pools",
    tag: "pools",
    summary: "Make a pool; repeating the same request finds it",
    roles: operators,
    audit: { subject: "pool_id" },
    body: object({
      pool_id: PoolId,
      name: Name,
      reward_method: Type.Optional(RewardMethod),
      placement: Type.Optional(Placement),
      max_nodes: Type.Optional(MaxNodes),
    }),
    response: { 200: PoolView, 201: PoolView },
    errors: ["pools.exists", "pools.max_nodes"],
  }),
  listPools: defineRoute({
    operationId: "listPools",
    method: "GET",
    path: "/api/v1/pools",
    tag: "pools",
    summary: "Pools in ascending id; with node_id the one that the node sits in",
    roles: ["anyone"],
    query: object({
      ...pageQuery,
      status: Type.Optional(PoolStatus),
      node_id: Type.Optional(NodeId),
    }),
    response: { 200: list(PoolView) },
    errors: [],
  }),
  getPool: defineRoute({
    operationId: "getPool",
    method: "GET",
    path: "/api/v1/pools/:pool_id",
    tag: "pools",
    summary: "One pool",
    roles: ["anyone"],
    params,
    response: { 200: PoolView },
    errors: ["pools.unknown"],
  }),
  changePool: defineRoute({
    operationId: "changePool",
    method: "PATCH",
    path: "/api/v1/pools/:pool_id",
    tag: "pools",
    summary: "Change a pool, or have it drain: nobody joins any more, members stay",
    description:
      "A new reward_method holds for those who join, or agree again, from then on: each seat keeps the consent it was taken with.",
    roles: operators,
    audit: { reads: "getPool" },
    params,
    body: object({
      name: Type.Optional(Name),
      reward_method: Type.Optional(RewardMethod),
      placement: Type.Optional(Placement),
      max_nodes: Type.Optional(MaxNodes),
      state: Type.Optional(Type.Enum(["active", "draining"])),
    }),
    response: { 200: PoolView },
    errors: ["pools.unknown", "pools.draining", "pools.max_nodes"],
  }),
  disbandPool: defineRoute({
    operationId: "disbandPool",
    method: "DELETE",
    path: "/api/v1/pools/:pool_id",
    tag: "pools",
    summary: "Drain a pool, empty it and disband it for good",
    roles: operators,
    audit: { reads: "getPool" },
    params,
    response: { 200: PoolView },
    errors: ["pools.unknown"],
  }),
  getPoolHealth: defineRoute({
    operationId: "getPoolHealth",
    method: "GET",
    path: "/api/v1/pools/:pool_id/health",
    tag: "pools",
    summary: "How many members are online, and which are not",
    roles: ["anyone"],
    params,
    response: { 200: HealthView },
    errors: ["pools.unknown"],
  }),
};
