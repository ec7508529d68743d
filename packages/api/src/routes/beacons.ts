import { Type } from "typebox";
import { defineRoute } from "../route.ts";
import { SignedCommand } from "./commands.ts";
import {
  Epoch,
  hex,
  LogCheckpoint,
  NodeId,
  nullable,
  object,
  pageQuery,
  Pagination,
  Slot,
  Time,
} from "../schemas.ts";

const Commitment = object({
  network_id: Type.Optional(hex(32, "compared when given")),
  node_id: NodeId,
  epoch: Epoch,
  anchor: hex(32, "c[0]"),
  signature: hex(64, "kind `commitment` by the node's key"),
});

const CommitmentView = object({
  node_id: NodeId,
  epoch: Epoch,
  anchor: hex(32, "c[0]"),
  server_time: Time,
});

const Beacon = object({
  node_id: NodeId,
  slot: Slot,
  reveal: hex(32, "c[s+1]"),
  signature: Type.Optional(hex(64, "kind `beacon`; needed after a gap of more than 32 slots")),
  boot_id: Type.Optional(hex(8, "one per start of the agent; not authenticated")),
  agent_version: Type.Optional(
    Type.String({ pattern: "^[0-9A-Za-z.+-]{1,32}$", description: "not authenticated" }),
  ),
  /** The largest checkpoint of the log that this node was ever shown; its own signature speaks for it. */
  seen: Type.Optional(LogCheckpoint),
});

const BeaconReply = object({
  verdict: Type.Union([Type.Literal("accepted"), Type.Literal("duplicate")]),
  slot: Slot,
  server_time_ms: Type.Integer({
    description: "Unix milliseconds; agents warn, they never step the clock",
  }),
  other_boot: Type.Boolean({ description: "another program beacons with this key" }),
  checkpoint: nullable(LogCheckpoint),
  commands: Type.Optional(
    Type.Array(SignedCommand, {
      description: "what waits for this node; absent when nothing does",
    }),
  ),
});

const Presence = object({
  node_id: NodeId,
  slots: Type.String({
    description: "one character a slot: 1 beacon, 0 none, x excused, - not active, . still open",
  }),
});

const PresenceView = object({
  from_slot: Slot,
  to_slot: Type.Integer({ description: "not included" }),
  server_time: Time,
  items: Type.Array(Presence),
  pagination: Pagination,
});

/** Anyone may send these, so that they may not be large. */
const bodyLimit = 4096;

export const beaconRoutes = {
  commitBeacons: defineRoute({
    operationId: "commitBeacons",
    method: "POST",
    path: "/api/v1/beacons/commitments",
    tag: "beacons",
    summary: "Commit to a chain of beacons for an epoch; the first one counts",
    roles: ["anyone"],
    rate: "none",
    bodyLimit,
    body: Commitment,
    response: { 200: CommitmentView, 201: CommitmentView },
    errors: [
      "network.wrong",
      "nodes.unknown",
      "nodes.not_active",
      "commitments.signature",
      "commitments.window",
      "commitments.equivocation",
      "limits.exceeded",
    ],
  }),
  sendBeacon: defineRoute({
    operationId: "sendBeacon",
    method: "POST",
    path: "/api/v1/beacons",
    tag: "beacons",
    summary: "Reveal the chain's link for a slot; answered when it is durable",
    roles: ["anyone"],
    rate: "none",
    bodyLimit,
    body: Beacon,
    response: { 200: BeaconReply },
    errors: [
      "nodes.unknown",
      "nodes.not_active",
      "beacons.no_commitment",
      "beacons.stale",
      "beacons.late",
      "beacons.early",
      "beacons.wrong_reveal",
      "beacons.gap_unsigned",
      "limits.exceeded",
    ],
  }),
  getPresence: defineRoute({
    operationId: "getPresence",
    method: "GET",
    path: "/api/v1/beacons/presence",
    tag: "beacons",
    summary: "Who was heard in which slot: the latest slots of this and the last epoch",
    roles: ["anyone"],
    query: object({
      ...pageQuery,
      slots: Type.Optional(Type.Integer({ minimum: 1, maximum: 720, description: "default 60" })),
      node_id: Type.Optional(NodeId),
    }),
    response: { 200: PresenceView },
    errors: [],
  }),
};
