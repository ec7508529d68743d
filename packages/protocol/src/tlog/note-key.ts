import { concat, sha256, toHex, utf8 } from "../bytes.ts";
import { ProtocolError } from "../error.ts";
import { fromBase64, toBase64 } from "./base64.ts";

/** What a key signs: 0x01 the note's text, 0x04 a timestamped cosignature of it. https://c2sp.org/signed-note */
export type NoteKeyType = 0x01 | 0x04;

/** Who may sign notes: a name without spaces and plus signs, and an Ed25519 key of 32 bytes. */
export type NoteKey = { name: string; type: NoteKeyType; publicKey: Uint8Array };

const KEY_BYTES = 32;

/** The key id on a signature line, 4 bytes in hex: `H(name ‖ "\n" ‖ type ‖ public key)`, shortened. */
export function noteKeyId({ name, type, publicKey }: NoteKey): string {
  return toHex(sha256(utf8(`${name}\n`), Uint8Array.of(type), publicKey).subarray(0, 4));
}

/** Whether a text can be a key's name: not empty, no Unicode spaces, no plus. */
export function isKeyName(name: string): boolean {
  return /^[^\p{White_Space}+]+$/u.test(name) && name.isWellFormed();
}

/** The text form of a key for other programs: `<name>+<key id>+<base64 of type ‖ public key>`. */
export function formatVerifierKey(key: NoteKey): string {
  assertKey(key);
  const material = concat(Uint8Array.of(key.type), key.publicKey);
  return `${key.name}+${noteKeyId(key)}+${toBase64(material)}`;
}

/** The key in a text form; throws `note.key` for another form, type or length, or a key id that is not the key's. */
export function parseVerifierKey(text: string): NoteKey {
  const [, name = "", id = "", encoded = ""] =
    /^([^+]+)\+([0-9a-f]{8})\+([^\s]+)$/.exec(text) ?? [];
  const material = fromBase64(encoded) ?? new Uint8Array(0);
  const type = material[0];
  if (type !== 0x01 && type !== 0x04)
    throw badKey("is not <name>+<key id>+<Ed25519 key, type 1 or 4>");
  const key: NoteKey = { name, type, publicKey: material.slice(1) };
  assertKey(key);
  if (id !== noteKeyId(key)) {
    throw badKey(`has the key id ${id}, but its key has ${noteKeyId(key)}`);
  }
  return key;
}

function assertKey({ name, publicKey }: NoteKey): void {
  if (!isKeyName(name)) throw badKey("has a name that is empty or holds a space or a plus");
  if (publicKey.length !== KEY_BYTES) throw badKey(`has ${publicKey.length} bytes instead of 32`);
}

function badKey(problem: string): ProtocolError {
  return new ProtocolError("note.key", `the note key ${problem}`);
}
