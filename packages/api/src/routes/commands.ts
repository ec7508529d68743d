import { Type } from "typebox";
import { defineRoute } from "../route.ts";
import { hex, list, NodeId, nullable, object, pageQuery, Time } from "../schemas.ts";

const CommandId = Type.String({
  pattern: "^node_[a-z2-7]{32}#(0|[1-9][0-9]{0,14})$",
  description: "id of a command: the node's id, # and a number; those of a node ascend",
});
const Action = Type.Enum(["start", "stop", "restart"], {
  description:
    "stop: no beacons until start; start: beacons again; restart: the program starts itself anew",
});
const Outcome = Type.Enum(["done", "skipped"], {
  description: "skipped: a later command had been run before it",
});

/** A command as the network key signed it; what a node is given. */
export const SignedCommand = object({
  id: CommandId,
  node_id: NodeId,
  action: Action,
  expires_at: Type.Integer({ description: "Unix milliseconds" }),
  signature: hex(64, "kind `command` by the network key"),
});

const CommandView = object({
  id: CommandId,
  node_id: NodeId,
  action: Action,
  state: Type.Enum(["queued", "delivered", "done", "expired"], {
    description:
      "delivered: the node was given it; expired: the node did not say in time that it ran",
  }),
  outcome: nullable(Outcome),
  queued_at: Time,
  delivered_at: nullable(Time),
  done_at: nullable(Time),
  expires_at: Time,
  signature: hex(64, "kind `command` by the network key"),
});

const params = object({ node_id: NodeId });
const deciders = ["owner", "operator", "admin"] as const;

const command = <const Id extends string, const Action extends string>(
  operationId: Id,
  action: Action,
  summary: string,
) =>
  defineRoute({
    operationId,
    method: "POST",
    path: `/api/v1/nodes/:node_id/${action}`,
    tag: "commands",
    summary,
    description:
      "Queued, signed by the network key and delivered when the node next asks: with the reply to its beacon, or to its question while it is stopped. While the same is queued or delivered already, that one is found.",
    roles: deciders,
    own: ["owner"],
    rate: "changes",
    params,
    body: object({
      expires_in: Type.Optional(
        Type.Integer({
          minimum: 10,
          maximum: 604_800,
          description: "seconds after which it is not run any more, default 3600",
        }),
      ),
    }),
    response: { 200: CommandView, 201: CommandView },
    errors: ["nodes.unknown", "nodes.not_active", "commands.no_key"],
  });

export const commandRoutes = {
  startNode: command("startNode", "start", "Have a stopped node send beacons again"),
  stopNode: command("stopNode", "stop", "Have a node send no beacons until it is started"),
  restartNode: command("restartNode", "restart", "Have a node's program start itself anew"),
  listCommands: defineRoute({
    operationId: "listCommands",
    method: "GET",
    path: "/api/v1/nodes/:node_id/commands",
    tag: "commands",
    summary: "A node's commands and what became of them, newest first",
    roles: ["node", ...deciders, "auditor"],
    own: ["node", "owner"],
    params,
    query: object(pageQuery),
    response: { 200: list(CommandView) },
    errors: ["nodes.unknown"],
  }),
  listOpenCommands: defineRoute({
    operationId: "listOpenCommands",
    method: "GET",
    path: "/api/v1/commands",
    tag: "commands",
    summary: "Commands that nodes have not run yet, the one that expires first first",
    roles: ["operator", "admin", "auditor"],
    query: object(pageQuery),
    response: { 200: list(CommandView) },
    errors: [],
  }),
  pollCommands: defineRoute({
    operationId: "pollCommands",
    method: "POST",
    path: "/api/v1/nodes/:node_id/commands/poll",
    tag: "commands",
    summary: "A node says which commands it ran, and is given those that wait",
    roles: ["node"],
    own: ["node"],
    audit: "none",
    params,
    body: object({
      done: Type.Array(object({ id: CommandId, outcome: Outcome }), { maxItems: 100 }),
    }),
    response: { 200: object({ commands: Type.Array(SignedCommand) }) },
    errors: ["nodes.unknown"],
  }),
};
