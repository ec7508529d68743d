import { Type } from "typebox";
import { defineRoute } from "../route.ts";
import { Status } from "./nodes.ts";
import {
  list,
  NodeId,
  nullable,
  object,
  OwnerId,
  pageQuery,
  PoolId,
  Sealed,
  Time,
} from "../schemas.ts";

const RewardMethod = Type.Enum(["work_credits", "equal"], {
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

const MemberView = object({
  pool_id: PoolId,
  seat: Type.Integer({ minimum: 0 }),
  node_id: NodeId,
  owner_id: nullable(OwnerId),
  status: Status,
  consent: RewardMethod,
  changed_at: Time,
  sealed: Sealed,
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
const memberParams = object({ pool_id: PoolId, node_id: NodeId });
const operators = ["operator", "admin"] as const;
const members = ["node", "owner"] as const;

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
  placeNode: defineRoute({
    operationId: "placeNode",
    method: "POST",
    path: "/api/v1/pools/place",
    tag: "pools",
    summary: "Join the pool with the least load among those that pay as the node agrees to",
    roles: members,
    own: members,
    rate: "changes",
    audit: { subject: "node_id" },
    body: object({ node_id: NodeId, consent: RewardMethod }),
    response: { 200: MemberView, 201: MemberView },
    errors: ["nodes.unknown", "nodes.standing", "pools.none", "pools.consent", "pools.draining"],
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
  listMembers: defineRoute({
    operationId: "listMembers",
    method: "GET",
    path: "/api/v1/pools/:pool_id/nodes",
    tag: "pools",
    summary: "Who sits in a pool, by seat; sealed says which block tells it",
    roles: ["anyone"],
    params,
    query: object(pageQuery),
    response: { 200: list(MemberView) },
    errors: ["pools.unknown"],
  }),
  joinPool: defineRoute({
    operationId: "joinPool",
    method: "POST",
    path: "/api/v1/pools/:pool_id/nodes",
    tag: "pools",
    summary: "Join a pool, move to it, or agree anew to how it pays",
    description:
      "To move, say in `from` which pool the node leaves. For settlement a seat counts from the first epoch that begins after the block that tells it.",
    roles: members,
    own: members,
    rate: "changes",
    audit: { reads: "getPool" },
    params,
    body: object({
      node_id: NodeId,
      consent: RewardMethod,
      from: Type.Optional(PoolId),
    }),
    response: { 200: MemberView, 201: MemberView },
    errors: [
      "pools.unknown",
      "pools.full",
      "pools.draining",
      "pools.consent",
      "pools.seated",
      "pools.not_member",
      "nodes.unknown",
      "nodes.standing",
    ],
  }),
  leavePool: defineRoute({
    operationId: "leavePool",
    method: "DELETE",
    path: "/api/v1/pools/:pool_id/nodes/:node_id",
    tag: "pools",
    summary: "Leave a pool; until the next epoch begins the node is paid as a member",
    roles: [...members, ...operators],
    own: members,
    rate: "changes",
    audit: { reads: "getPool" },
    params: memberParams,
    response: { 200: MemberView },
    errors: ["pools.unknown", "pools.not_member"],
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
