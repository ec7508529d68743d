import type { CommandDocument } from "./documents.ts";

/** A command's state as people see it. */
export type CommandState = CommandDocument["state"] | "expired";

/** Expired is what the node did not report in time; nobody has to write that down. */
export const stateOf = (
  { state, expires_at }: Pick<CommandDocument, "state" | "expires_at">,
  nowMs: number,
): CommandState => (state !== "done" && nowMs >= expires_at ? "expired" : state);

/** Whether the node may still run it, or be running it. */
export const isOpen = (
  command: Pick<CommandDocument, "state" | "expires_at">,
  nowMs: number,
): boolean => {
  const state = stateOf(command, nowMs);
  return state === "queued" || state === "delivered";
};
