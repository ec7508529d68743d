import { fields, hex, integer, oneOf, satisfies, text } from "./fields.ts";
import { isNodeId } from "./identity.ts";
import { verifyObject } from "./signatures.ts";
import { refuse, type Verdict } from "./verdict.ts";

/** What a network may ask of a node: signed by the network key (kind `command`), delivered when the node asks. */
export type Command = {
  /** `<node_id>#<number>`; numbers of a node's commands ascend. */
  id: string;
  node_id: string;
  action: "start" | "stop" | "restart" | "update";
  /** Unix ms */
  expires_at: number;
  signature: string;
};

export type CommandProblem = "malformed" | "node" | "signature" | "expired" | "replayed";

/** For whom and when a command is judged. */
export type CommandScene = {
  readonly nodeId: string;
  /** hex of 32 bytes */
  readonly networkKey: string;
  readonly nowMs: number;
  /** The number of the latest command that the node has run; -1 before the first. */
  readonly lastNumber: number;
};

const commandFields = fields<Command>({
  id: text(),
  node_id: satisfies(isNodeId, "must be a node id"),
  action: oneOf("start", "stop", "restart", "update"),
  expires_at: integer(),
  signature: hex(64),
});

/** The id of a node's command; `number` is a safe integer of at least 0, above those of the node's earlier commands. */
export function commandId(nodeId: string, number: number): string {
  return `${nodeId}#${number}`;
}

/** The number in a command's id; null when the id is not one of that node. */
export function commandNumber(nodeId: string, id: string): number | null {
  const digits = id.startsWith(`${nodeId}#`) ? id.slice(nodeId.length + 1) : "";
  return /^(0|[1-9][0-9]{0,14})$/.test(digits) ? Number(digits) : null;
}

/**
 * Judges a command as the node it is for: its form, its node, the network key's signature, its expiry, and that none
 * with its number or a higher one was run before, so that no command is ever run twice.
 * @param command whatever was received
 */
export function checkCommand(
  networkId: string,
  command: unknown,
  { nodeId, networkKey, nowMs, lastNumber }: CommandScene,
): Verdict<CommandProblem> {
  const [problem] = commandFields(command, "");
  if (problem !== undefined)
    return refuse("malformed", `${problem.pointer || "/"} ${problem.detail}`);
  const { signature, ...signed } = command as Command;
  const number = commandNumber(nodeId, signed.id);
  if (signed.node_id !== nodeId || number === null)
    return refuse("node", `${signed.id} is for ${signed.node_id}`);
  if (!verifyObject("command", networkId, signed, signature, networkKey))
    return refuse("signature", `${signed.id} is not signed by the network key`);
  if (number <= lastNumber)
    return refuse("replayed", `${signed.id} or a later command was run before`);
  if (nowMs >= signed.expires_at) return refuse("expired", `${signed.id} has expired`);
  return { ok: true };
}
