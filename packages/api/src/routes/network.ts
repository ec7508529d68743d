import { Type } from "typebox";
import { defineRoute } from "../route.ts";
import { Epoch, hex, list, nullable, object, pageQuery, Slot, Time } from "../schemas.ts";

/** Genesis and policy are signed or hashed objects: their own closed field lists are checked by the protocol. */
const Document = Type.Record(Type.String(), Type.Unknown());

const LogView = object({
  origin: Type.String({ description: "name of the log" }),
  checkpoint: nullable(
    object({
      size: Type.Integer({ description: "blocks in the log" }),
      root: hex(32, "of the log's tree at that size"),
      signature: hex(64, "the log key's, over the text of that checkpoint"),
    }),
  ),
  sealed_slot: nullable(Type.Integer({ description: "the latest sealed slot" })),
  appended_height: nullable(Type.Integer({ description: "the latest block in the log" })),
  lag_slots: Type.Integer({ description: "sealed slots that the log does not have yet" }),
  state: Type.String({ description: "how sending to the log stands" }),
});

const NetworkView = object({
  network_id: hex(32, "hash of the genesis document"),
  genesis: Document,
  policy: Document,
  header_hash: hex(32, "for the proof of work of an enrolment; zeros while there is no block"),
  log: LogView,
  server_time: Time,
  slot: Slot,
  slot_started_at: Time,
  slot_ends_at: Time,
  epoch: Epoch,
  slot_index: Type.Integer({ description: "of the slot within its epoch" }),
  epoch_ends_at: Time,
  nodes: object({
    total: Type.Integer(),
    pending: Type.Integer(),
    online: Type.Integer(),
    offline: Type.Integer(),
    maintenance: Type.Integer(),
    suspended: Type.Integer(),
    retired: Type.Integer(),
  }),
  payouts: object({
    state: Type.Union([
      Type.Literal("running"),
      Type.Literal("waiting"),
      Type.Literal("paused"),
      Type.Literal("stopped"),
      Type.Literal("not_configured"),
    ]),
    reason: nullable(Type.String()),
    chain: nullable(Type.String()),
    token: nullable(Type.String()),
    wallet: nullable(Type.String()),
    explorer: nullable(Type.String()),
  }),
  version: Type.String(),
});

const PolicyView = object({
  version: Type.Integer(),
  from_epoch: Epoch,
  policy_hash: hex(32, "of the canonical bytes"),
  in_force: Type.Boolean(),
  made_at: Time,
  made_by: Type.String(),
  policy: Document,
});

export const networkRoutes = {
  getNetwork: defineRoute({
    operationId: "getNetwork",
    method: "GET",
    path: "/api/v1/network",
    tag: "system",
    summary: "Genesis, policy in force, slot and epoch clock, counts",
    roles: ["anyone"],
    // Agents ask before their first beacon: were it limited, strangers could use up the limit and keep nodes out.
    rate: "none",
    response: { 200: NetworkView },
    errors: [],
  }),
  listPolicies: defineRoute({
    operationId: "listPolicies",
    method: "GET",
    path: "/api/v1/policies",
    tag: "policy",
    summary: "All versions, newest first",
    roles: ["anyone"],
    query: object(pageQuery),
    response: { 200: list(PolicyView) },
    errors: [],
  }),
  createPolicy: defineRoute({
    operationId: "createPolicy",
    method: "POST",
    path: "/api/v1/policies",
    tag: "policy",
    summary: "Announce the next version, from a future epoch",
    roles: ["admin"],
    audit: { subject: "version" },
    body: object({ policy: Document }),
    response: { 200: PolicyView, 201: PolicyView },
    errors: ["policy.invalid", "policy.conflict", "policy.from_epoch"],
  }),
};
