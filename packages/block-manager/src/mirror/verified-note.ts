import { formatNote, noteKeyId, parseNote } from "@lucid/protocol";
import type { Genesis } from "@lucid/protocol";
import type { LogCheckpoint } from "@lucid/verify";
import { logNoteKey } from "../store/index.ts";

/** A checkpoint with the signatures that were verified, of the log and of known cosigners, and no others. */
export function verifiedNote(genesis: Genesis, { note, cosignatures }: LogCheckpoint): Uint8Array {
  const known = [logNoteKey(genesis), ...cosignatures.map(({ key }) => key)];
  const lines = new Set(known.map((key) => `${key.name} ${noteKeyId(key)}`));
  const { text, signatures } = parseNote(note);
  const kept = signatures.filter(({ name, keyId }) => lines.has(`${name} ${keyId}`));
  return formatNote({ text, signatures: kept });
}
