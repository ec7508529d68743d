import { fromHex, noteKeyId, openCheckpoint, parseNote } from "@lucid/protocol";
import type { Checkpoint, Genesis, NoteKey } from "@lucid/protocol";

/** A note of the log, or what is wrong with it. */
export type NoteCheck = { checkpoint: Checkpoint } | { checkpoint: null; problem: string };

/** With `cosigners` every line has to be the log's or one of theirs, and to hold. */
export function checkNote(
  { log_origin, log_key }: Genesis,
  bytes: Uint8Array,
  cosigners?: readonly NoteKey[],
): NoteCheck {
  const logKey = fromHex(log_key);
  const verdict = openCheckpoint(bytes, { origin: log_origin, logKey, cosigners: cosigners ?? [] });
  if (!verdict.ok) return { checkpoint: null, problem: verdict.detail };
  const ofLog: NoteKey = { name: log_origin, type: 0x01, publicKey: logKey };
  const stranger = cosigners && strangerIn(bytes, [ofLog, ...cosigners]);
  if (stranger === undefined) return { checkpoint: verdict.checkpoint };
  return { checkpoint: null, problem: `nobody knows the key of its line of ${stranger}` };
}

function strangerIn(bytes: Uint8Array, keys: readonly NoteKey[]): string | undefined {
  const known = new Set(keys.map((key) => `${key.name} ${noteKeyId(key)}`));
  return parseNote(bytes).signatures.find(({ name, keyId }) => !known.has(`${name} ${keyId}`))
    ?.name;
}
