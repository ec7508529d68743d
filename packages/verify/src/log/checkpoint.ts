import { fromHex, openCheckpoint, parseNote, toHex } from "@lucid/protocol";
import type { CheckpointVerdict, Genesis, NetworkKeys, NoteKey } from "@lucid/protocol";
import type { Source } from "../source.ts";
import type { LogCheckpoint } from "./contract.ts";
import { LogError } from "./log-error.ts";

const PATH = "checkpoint";
const MAX_BYTES = 65_536;

/** The checkpoint that a source shows; see `judgeCheckpoint`. Throws `checkpoint_missing` and `checkpoint`. */
export async function readCheckpoint(
  source: Source,
  genesis: Genesis,
  options: { logKey?: string; cosigners?: readonly NoteKey[] } = {},
): Promise<LogCheckpoint> {
  const note = await source.read(PATH, { maxBytes: MAX_BYTES });
  if (note === null) {
    const detail = `${source.name} has no ${PATH}: the log has not begun, or lost it`;
    throw new LogError("checkpoint_missing", { path: PATH }, detail);
  }
  const logKey = fromHex(options.logKey ?? genesis.log_key, 32);
  const { cosigners = [] } = options;
  const verdict = openCheckpoint(note, { origin: genesis.log_origin, logKey, cosigners });
  if (!verdict.ok) throw new LogError("checkpoint", { path: PATH }, reason(verdict));
  const { checkpoint, cosignatures } = verdict;
  const { size, root } = checkpoint;
  const { text } = parseNote(note);
  return { size, root, text, note, logKey: toHex(logKey), cosignatures };
}

/** Throws `checkpoint` unless the log key in force before the last block has signed it. */
export function assertLogKey(keys: NetworkKeys, { logKey }: LogCheckpoint): void {
  if (keys.log_key === logKey) return;
  const detail = `it is signed by the log key ${logKey}, while ${keys.log_key} is in force`;
  throw new LogError("checkpoint", { path: PATH }, detail);
}

function reason({ code, detail }: Extract<CheckpointVerdict, { ok: false }>): string {
  return code === "unsigned"
    ? `${detail}; where a key_change replaced the log key, give the new one`
    : detail;
}
