import { fromHex, noteKeyId, parseNote, toHex } from "@lucid/protocol";
import type { Genesis, NoteKey, SignedCheckpoint } from "@lucid/protocol";
import type { Head } from "./contract.ts";
import { CHECKPOINT } from "./layout.ts";
import { StoreError } from "./store-error.ts";

/** A checkpoint as it is published: what the log key signed, and the file with all its signatures. */
export type PublishedCheckpoint = Readonly<SignedCheckpoint> & { readonly note: Uint8Array };

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

/** The checkpoint of a head. Throws `store.checkpoint` before anything is published. */
export const headToCheckpoint = (
  genesis: Genesis,
  { size, root, note }: Head,
): PublishedCheckpoint => {
  const signature = note.length === 0 ? null : logSignatureIn(genesis, note);
  if (signature !== null) return { size, root: toHex(root), signature, note };
  throw new StoreError("store.checkpoint", `No checkpoint of ${genesis.log_origin} is published`, {
    path: CHECKPOINT,
  });
};
