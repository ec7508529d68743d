import { ed25519PublicKey, ed25519Sign } from "#crypto";
import { utf8 } from "../bytes.ts";
import { verifyStrict } from "../ed25519.ts";
import { verifyCosignature } from "./cosignature.ts";
import { noteKeyId } from "./note-key.ts";
import type { NoteKey } from "./note-key.ts";
import type { NoteSignature, SignedNote } from "./note.ts";

/** A signature of a note together with the key that made it. */
export type KnownSignature = { key: NoteKey; signature: Uint8Array };

/** Whose signatures on a note hold, or why it is not to be believed. */
export type NoteVerdict =
  | { ok: true; known: readonly KnownSignature[] }
  | { ok: false; code: "unsigned" | "wrong_signature"; detail: string };

/** A log's signature line (type 0x01, Ed25519 over the text with its last newline) by a 32-byte seed. */
export function signNote(
  text: string,
  { name, seed }: { name: string; seed: Uint8Array },
): NoteSignature {
  const keyId = noteKeyId({ name, type: 0x01, publicKey: ed25519PublicKey(seed) });
  return { name, keyId, signature: ed25519Sign(seed, utf8(text)) };
}

/**
 * Judges a note by the keys one trusts. Signatures of unknown keys are ignored, also when only the name or only the
 * id is known; one signature of a known key that does not hold rejects the note; without any that holds it counts for
 * nothing. Never throws for what a stranger sent.
 */
export function verifyNote(
  { text, signatures }: SignedNote,
  keys: readonly NoteKey[],
): NoteVerdict {
  const byLine = new Map(keys.map((key) => [`${key.name} ${noteKeyId(key)}`, key]));
  const known: KnownSignature[] = [];
  for (const { name, keyId, signature } of signatures) {
    const key = byLine.get(`${name} ${keyId}`);
    if (key === undefined) continue;
    if (!verifySignature(key, text, signature)) {
      return {
        ok: false,
        code: "wrong_signature",
        detail: `the signature of ${name} does not hold`,
      };
    }
    known.push({ key, signature });
  }
  if (known.length > 0) return { ok: true, known };
  return { ok: false, code: "unsigned", detail: "no key that is known here has signed the note" };
}

function verifySignature(
  { type, publicKey }: NoteKey,
  text: string,
  signature: Uint8Array,
): boolean {
  return type === 0x04
    ? verifyCosignature(publicKey, text, signature)
    : verifyStrict(publicKey, utf8(text), signature);
}
