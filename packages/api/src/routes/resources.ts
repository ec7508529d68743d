import { Type } from "typebox";
import { defineRoute } from "../route.ts";
import { BasisPoints, list, NodeId, nullable, object, pageQuery, Time } from "../schemas.ts";

const Bytes = Type.Integer({ minimum: 0, maximum: 2 ** 53 - 1, description: "bytes" });
const BitsPerSecond = Type.Integer({
  minimum: 0,
  maximum: 2 ** 50,
  description: "bits per second",
});
const Metric = Type.Enum(["cpu", "memory", "disk", "network"], {
  description: "network: what was received and sent, added up",
});
const Space = object({
  used_bytes: Bytes,
  total_bytes: Type.Integer({ minimum: 1, maximum: 2 ** 53 - 1, description: "bytes" }),
});

const Sample = object(
  {
    at: Time,
    cpu_bp: Type.Optional(BasisPoints),
    memory: Type.Optional(Space),
    disk: Type.Optional(Space),
    network: Type.Optional(object({ received_bps: BitsPerSecond, sent_bps: BitsPerSecond })),
    unknown: Type.Optional(
      Type.Array(
        object({ metric: Metric, reason: Type.String({ minLength: 1, maxLength: 200 }) }),
        { maxItems: 4, description: "what could not be read, and why" },
      ),
    ),
  },
  "what a machine says of itself; what could not be read is absent",
);

const Figure = nullable(
  object({
    mean: Type.Integer({ description: "of the samples, rounded down" }),
    min: Type.Integer(),
    max: Type.Integer(),
    samples: Type.Integer({ minimum: 1 }),
  }),
);
const figures = { cpu_bp: Figure, memory_bp: Figure, disk_bp: Figure, network_bps: Figure };

const ResourcesView = object({
  node_id: NodeId,
  range: Type.String(),
  granularity: Type.String(),
  from: Time,
  to: Time,
  latest: nullable(Sample),
  points: Type.Array(object({ from: Time, ...figures })),
});

const thresholds = {
  cpu_bp: BasisPoints,
  memory_bp: BasisPoints,
  disk_bp: BasisPoints,
  network_bps: BitsPerSecond,
  for_seconds: Type.Integer({
    minimum: 0,
    maximum: 86_400,
    description: "how long a figure has to stay beyond a threshold, or back below it",
  }),
};
const ThresholdsView = object({ node_id: NodeId, ...thresholds });

const AlertView = object({
  metric: Metric,
  state: Type.Enum(["active", "resolved"]),
  threshold: Type.Integer({ description: "basis points; network: bits per second" }),
  peak: Type.Integer({ description: "the largest figure while it was active" }),
  raised_at: Time,
  resolved_at: nullable(Time),
});

const params = object({ node_id: NodeId });
const readers = ["node", "owner", "operator", "admin", "auditor"] as const;
const own = ["node", "owner"] as const;

/** What machines say of themselves never pays, and never counts against them. */
export const resourceRoutes = {
  sendResources: defineRoute({
    operationId: "sendResources",
    method: "POST",
    path: "/api/v1/nodes/:node_id/resources",
    tag: "resources",
    summary: "A node's own figures of its machine; a sample that was sent before changes nothing",
    roles: ["node"],
    own: ["node"],
    audit: "none",
    params,
    body: object({ samples: Type.Array(Sample, { minItems: 1, maxItems: 240 }) }),
    response: {
      200: object({
        stored: Type.Integer({ description: "samples that were new" }),
        ignored: Type.Integer({
          description: "known before, older than a day, or from the future",
        }),
      }),
    },
    errors: ["nodes.unknown"],
  }),
  getResources: defineRoute({
    operationId: "getResources",
    method: "GET",
    path: "/api/v1/nodes/:node_id/resources",
    tag: "resources",
    summary: "A node's figures over a range up to now; times without samples have no point",
    roles: readers,
    own,
    params,
    query: object({
      range: Type.Optional(Type.Enum(["1h", "6h", "24h", "7d"], { description: "default 1h" })),
      granularity: Type.Optional(
        Type.Enum(["1m", "5m", "15m", "1h"], {
          description: "default 1m, 5m, 15m, 1h for the four ranges",
        }),
      ),
    }),
    response: { 200: ResourcesView },
    errors: ["nodes.unknown"],
  }),
  getThresholds: defineRoute({
    operationId: "getThresholds",
    method: "GET",
    path: "/api/v1/nodes/:node_id/resources/thresholds",
    tag: "resources",
    summary: "From which figures on a node's machine raises alerts",
    roles: readers,
    own,
    params,
    response: { 200: ThresholdsView },
    errors: ["nodes.unknown"],
  }),
  setThresholds: defineRoute({
    operationId: "setThresholds",
    method: "PUT",
    path: "/api/v1/nodes/:node_id/resources/thresholds",
    tag: "resources",
    summary: "Set them; those that are left out become the usual ones again",
    roles: ["node", "owner", "operator", "admin"],
    own,
    rate: "changes",
    audit: { reads: "getThresholds" },
    params,
    body: object({
      cpu_bp: Type.Optional(thresholds.cpu_bp),
      memory_bp: Type.Optional(thresholds.memory_bp),
      disk_bp: Type.Optional(thresholds.disk_bp),
      network_bps: Type.Optional(thresholds.network_bps),
      for_seconds: Type.Optional(thresholds.for_seconds),
    }),
    response: { 200: ThresholdsView },
    errors: ["nodes.unknown"],
  }),
  listAlerts: defineRoute({
    operationId: "listAlerts",
    method: "GET",
    path: "/api/v1/nodes/:node_id/resources/alerts",
    tag: "resources",
    summary: "Alerts of a node's machine, the newest hundred",
    roles: readers,
    own,
    params,
    response: { 200: object({ node_id: NodeId, items: Type.Array(AlertView) }) },
    errors: ["nodes.unknown"],
  }),
  listActiveAlerts: defineRoute({
    operationId: "listActiveAlerts",
    method: "GET",
    path: "/api/v1/alerts",
    tag: "resources",
    summary:
      "Nodes whose machine has active alerts, with these, whoever was heard last first; none of a node that is silent for a day",
    roles: ["operator", "admin", "auditor"],
    query: object(pageQuery),
    response: { 200: list(object({ node_id: NodeId, alerts: Type.Array(AlertView) })) },
    errors: [],
  }),
};
