import { Type } from "typebox";
import { defineRoute } from "../route.ts";
import {
  Address,
  Epoch,
  hex,
  list,
  NodeId,
  nullable,
  object,
  OwnerId,
  pageQuery,
  Slot,
  Time,
} from "../schemas.ts";

const Enrolment = object(
  {
    network_id: hex(32, "the network that the node means to join"),
    public_key: hex(32, "the node's Ed25519 key"),
    address: Address,
    seq: Type.Integer({ minimum: 0, description: "0: a node enrols once" }),
    header_hash: hex(32, "from GET /api/v1/network"),
    nonce: hex(8, "proof of work"),
    wallet_signature: hex(65, "TIP-191 signature of the enrolment text by the payout address"),
    signature: hex(64, "kind `enrol` by the node's key"),
  },
  "network_id is compared, not signed as a field: it is in every signature's prefix",
);

export const Standing = Type.Union([
  Type.Literal("pending"),
  Type.Literal("active"),
  Type.Literal("suspended"),
  Type.Literal("retired"),
]);

export const Status = Type.Union([
  Type.Literal("pending"),
  Type.Literal("online"),
  Type.Literal("offline"),
  Type.Literal("maintenance"),
  Type.Literal("suspended"),
  Type.Literal("retired"),
]);

const NodeView = object({
  node_id: NodeId,
  owner_id: OwnerId,
  address: Address,
  public_key: hex(32, "the node's Ed25519 key"),
  standing: Standing,
  standing_reason: Type.String(),
  standing_from_slot: Slot,
  status: Status,
  last_beacon_slot: nullable(Slot),
  last_beacon_at: nullable(Time),
  agent_version: nullable(Type.String()),
  enrolled_at: Time,
});

const StatusView = object({
  node_id: NodeId,
  standing: Standing,
  status: Status,
  why: Type.String({ description: "one sentence for the owner" }),
  epoch: Epoch,
  committed: Type.Boolean(),
  last_beacon_slot: nullable(Slot),
  last_beacon_at: nullable(Time),
  eligible: Type.Integer({ description: "closed slots of this epoch that count so far" }),
  present: Type.Integer({ description: "of these, with an accepted beacon" }),
  uptime_bp: nullable(
    Type.Integer({ description: "present over eligible; null before the first" }),
  ),
  server_time: Time,
});

const params = object({ node_id: NodeId });

export const nodeRoutes = {
  enrolNode: defineRoute({
    operationId: "enrolNode",
    method: "POST",
    path: "/api/v1/nodes",
    tag: "nodes",
    summary: "Enrol a node; repeating the same request finds what the first one made",
    roles: ["anyone"],
    rate: "enrolment",
    body: Enrolment,
    response: { 200: NodeView, 201: NodeView },
    errors: [
      "network.wrong",
      "enrol.signature",
      "enrol.public_key",
      "enrol.address",
      "enrol.wallet_signature",
      "enrol.proof_of_work",
      "enrol.header_hash",
      "enrol.seq",
      "nodes.already_enrolled",
    ],
  }),
  listNodes: defineRoute({
    operationId: "listNodes",
    method: "GET",
    path: "/api/v1/nodes",
    tag: "nodes",
    summary: "Nodes in ascending id",
    roles: ["anyone"],
    query: object({
      ...pageQuery,
      standing: Type.Optional(Standing),
      status: Type.Optional(Status),
      owner_id: Type.Optional(OwnerId),
    }),
    response: { 200: list(NodeView) },
    errors: [],
  }),
  listOwnerNodes: defineRoute({
    operationId: "listOwnerNodes",
    method: "GET",
    path: "/api/v1/owners/:owner_id/nodes",
    tag: "owners",
    summary: "The owner's nodes in ascending id",
    roles: ["anyone"],
    params: object({ owner_id: OwnerId }),
    query: object(pageQuery),
    response: { 200: list(NodeView) },
    errors: ["owners.unknown"],
  }),
  getNode: defineRoute({
    operationId: "getNode",
    method: "GET",
    path: "/api/v1/nodes/:node_id",
    tag: "nodes",
    summary: "One node",
    roles: ["anyone"],
    params,
    response: { 200: NodeView },
    errors: ["nodes.unknown"],
  }),
  getNodeStatus: defineRoute({
    operationId: "getNodeStatus",
    method: "GET",
    path: "/api/v1/nodes/:node_id/status",
    tag: "nodes",
    summary: "Is it heard, and how does the open epoch stand",
    roles: ["anyone"],
    params,
    response: { 200: StatusView },
    errors: ["nodes.unknown"],
  }),
  changeStanding: defineRoute({
    operationId: "changeStanding",
    method: "PATCH",
    path: "/api/v1/nodes/:node_id",
    tag: "nodes",
    summary: "Approve, suspend or reinstate a node, from the next slot on",
    roles: ["operator", "admin"],
    audit: { reads: "getNode" },
    params,
    body: object({
      standing: Type.Union([Type.Literal("active"), Type.Literal("suspended")]),
      reason: Type.String({ pattern: "^[a-z][a-z0-9_]{0,63}$", description: "reason code" }),
    }),
    response: { 200: NodeView },
    errors: ["nodes.unknown", "nodes.standing"],
  }),
  retireNode: defineRoute({
    operationId: "retireNode",
    method: "DELETE",
    path: "/api/v1/nodes/:node_id",
    tag: "nodes",
    summary: "Retire a node for good; what it earned stays payable",
    roles: ["node", "owner", "operator", "admin"],
    rate: "changes",
    own: ["node", "owner"],
    audit: { reads: "getNode" },
    params,
    response: { 200: NodeView },
    errors: ["nodes.unknown"],
  }),
};
