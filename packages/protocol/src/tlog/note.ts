import { concat, fromHex, toHex, utf8, utf8ToText } from "../bytes.ts";
import { ProtocolError } from "../error.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { isKeyName } from "./note-key.ts";

/** One signature line: the key's name, its id (4 bytes in hex) and what follows the id. */
export type NoteSignature = { name: string; keyId: string; signature: Uint8Array };

/** Text that ends in a newline, with 1 to 16 signatures. https://c2sp.org/signed-note */
export type SignedNote = { text: string; signatures: readonly NoteSignature[] };

/** What every verifier must accept: the log's signature and 15 others. */
export const MAX_NOTE_SIGNATURES = 16;

const KEY_ID_BYTES = 4;
// An em dash and a space before each signature, as the format wants.
const SIGNATURE_LINE = /^\u2014 ([^ ]+) ([^ ]+)$/u;
const NEWLINE = 0x0a;

/** The bytes of a note; throws `note.malformed` for what `parseNote` would refuse. */
export function formatNote({ text, signatures }: SignedNote): Uint8Array {
  const lines = signatures.map(({ name, keyId, signature }) => {
    const blob = concat(fromHex(keyId, KEY_ID_BYTES), signature);
    return `\u2014 ${name} ${toBase64(blob)}\n`;
  });
  const bytes = utf8(`${text}\n${lines.join("")}`);
  parseNote(bytes);
  return bytes;
}

/**
 * The text and signatures of a note, none of them verified. Throws `note.malformed` for bytes that are not UTF-8,
 * control characters (so no CR), no empty line before the signatures, a line that is no signature, more than 16.
 */
export function parseNote(bytes: Uint8Array): SignedNote {
  const whole = utf8ToText(bytes);
  if (whole === null) throw malformed("it is not UTF-8");
  if (bytes.some((byte) => byte < 0x20 && byte !== NEWLINE)) {
    throw malformed("it holds a control character; lines end in LF alone");
  }
  const split = whole.lastIndexOf("\n\n");
  if (split === -1 || !whole.endsWith("\n")) {
    throw malformed("it must be text, an empty line and signature lines, each with a newline");
  }
  const lines = whole.slice(split + 2, -1).split("\n");
  if (lines.length > MAX_NOTE_SIGNATURES) {
    throw malformed(`it has ${lines.length} signatures, more than ${MAX_NOTE_SIGNATURES}`);
  }
  return { text: whole.slice(0, split + 1), signatures: lines.map(parseSignature) };
}

function parseSignature(line: string): NoteSignature {
  const [, name = "", encoded = ""] = SIGNATURE_LINE.exec(line) ?? [];
  const blob = fromBase64(encoded);
  if (!isKeyName(name) || blob === null || blob.length <= KEY_ID_BYTES) {
    throw malformed(`${JSON.stringify(line.slice(0, 60))} is not a signature line`);
  }
  const keyId = toHex(blob.subarray(0, KEY_ID_BYTES));
  return { name, keyId, signature: blob.subarray(KEY_ID_BYTES) };
}

function malformed(detail: string): ProtocolError {
  return new ProtocolError("note.malformed", `the signed note is malformed: ${detail}`);
}
