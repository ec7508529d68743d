import { fromHex, noteKeyId, parseNote, toHex } from "@lucid/protocol";
import type { Genesis, NoteKey } from "@lucid/protocol";

/** The key that a network's log signs its notes with. */
export const logNoteKey = ({ log_origin, log_key }: Genesis): NoteKey => ({
  name: log_origin,
  type: 0x01,
  publicKey: fromHex(log_key),
});

/** The log key's signature in a checkpoint's note, hex of 64 bytes; null when it has none. */
export const logSignatureIn = (genesis: Genesis, note: Uint8Array): string | null => {
  const key = logNoteKey(genesis);
  const keyId = noteKeyId(key);
  const line = parseNote(note).signatures.find(
    (signature) => signature.name === key.name && signature.keyId === keyId,
  );
  return line === undefined ? null : toHex(line.signature);
};

export const noteToText = (note: Uint8Array): string => new TextDecoder().decode(note);
