import { fromHex, noteKeyId, parseNote, toHex } from "@lucid/protocol";
import type { Genesis } from "@lucid/protocol";

/** The log key's signature in a checkpoint's note, hex of 64 bytes; null when it has none. */
export const logSignatureIn = ({ log_origin, log_key }: Genesis, note: Uint8Array) => {
  const keyId = noteKeyId({ name: log_origin, type: 0x01, publicKey: fromHex(log_key) });
  const line = parseNote(note).signatures.find(
    (signature) => signature.name === log_origin && signature.keyId === keyId,
  );
  return line === undefined ? null : toHex(line.signature);
};
