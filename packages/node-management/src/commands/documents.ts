import { type Collection, defineCollection } from "@lucid/platform/documents";
import { type Static, Type } from "typebox";

const CommandDocument = Type.Object({
  id: Type.String(),
  node_id: Type.String(),
  /** Ascends over a node's commands: the moment it was queued (Unix ms), or one more than the command before it. */
  number: Type.Integer({ minimum: 0 }),
  action: Type.Union([Type.Literal("start"), Type.Literal("stop"), Type.Literal("restart")]),
  state: Type.Union([Type.Literal("queued"), Type.Literal("delivered"), Type.Literal("done")]),
  queued_at: Type.Integer(),
  expires_at: Type.Integer(),
  delivered_at: Type.Optional(Type.Integer()),
  done_at: Type.Optional(Type.Integer()),
  outcome: Type.Optional(Type.Union([Type.Literal("done"), Type.Literal("skipped")])),
  /** The network key's. */
  signature: Type.String(),
});

export type CommandDocument = Static<typeof CommandDocument>;

/** One command is one document, `<node_id>#<number>`; that it has expired is seen when it is read. */
export const commandCollection = defineCollection({
  name: "commands",
  schema: CommandDocument,
  unique: [["node_id", "number"]],
  indexes: [["state", "expires_at"], ["expires_at"]],
  retention: { epochs: 90, field: "expires_at", unit: "ms" },
});

export type CommandCollection = Collection<CommandDocument>;
