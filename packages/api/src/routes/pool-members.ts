import { Type } from "typebox";
import { defineRoute } from "../route.ts";
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
import { Status } from "./nodes.ts";
import { RewardMethod } from "./pools.ts";

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

const params = object({ pool_id: PoolId });
const members = ["node", "owner"] as const;

export const poolMemberRoutes = {
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
    roles: [...members, "operator", "admin"],
    own: members,
    rate: "changes",
    audit: { reads: "getPool" },
    params: object({ pool_id: PoolId, node_id: NodeId }),
    response: { 200: MemberView },
    errors: ["pools.unknown", "pools.not_member"],
  }),
};
