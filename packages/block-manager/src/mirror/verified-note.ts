import { formatNote, fromHex, noteKeyId, parseNote } from "@lucid/protocol";
import type { Genesis } from "@lucid/protocol";
import type { LogCheckpoint } from "@lucid/verify";

/** A checkpoint with the signatures that were verified, of the log and of known cosigners, and no others. */
export function verifiedNote(
  { log_origin, log_key }: Genesis,
  { note, cosignatures }: LogCheckpoint,
): Uint8Array {
  const ofLog = { name: log_origin, type: 0x01 as const, publicKey: fromHex(log_key) };
  const known = [ofLog, ...cosignatures.map(({ key }) => key)];
  const lines = new Set(known.map((key) => `${key.name} ${noteKeyId(key)}`));
  const { text, signatures } = parseNote(note);
  const kept = signatures.filter(({ name, keyId }) => lines.has(`${name} ${keyId}`));
  return formatNote({ text, signatures: kept });
}
