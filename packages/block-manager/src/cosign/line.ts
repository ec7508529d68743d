import {
  type NoteKey,
  noteKeyId,
  type NoteSignature,
  parseNote,
  ProtocolError,
  utf8,
  verifyNote,
} from "@lucid/protocol";

/** Whether a line is a witness's cosignature of a checkpoint's text. */
export type LineVerdict =
  | { readonly ok: true; readonly signature: NoteSignature; readonly key: NoteKey }
  | {
      readonly ok: false;
      readonly code: "malformed" | "unknown_key" | "wrong_signature";
      readonly detail: string;
    };

/** Judges one signature line, with or without its newline. Never throws for what a stranger sent. */
export const judgeLine = (
  text: string,
  line: string,
  witnesses: readonly NoteKey[],
): LineVerdict => {
  const signature = parseLine(text, line);
  if (signature === null) {
    const detail =
      "The line has to be a dash (U+2014), a key name and base64, as C2SP notes have it.";
    return { ok: false, code: "malformed", detail };
  }
  const key = witnesses.find(
    (one) => one.name === signature.name && noteKeyId(one) === signature.keyId,
  );
  if (key === undefined) {
    const detail = `${signature.name} with the key id ${signature.keyId} is no witness of this log.`;
    return { ok: false, code: "unknown_key", detail };
  }
  const verdict = verifyNote({ text, signatures: [signature] }, [key]);
  if (verdict.ok) return { ok: true, signature, key };
  return {
    ok: false,
    code: "wrong_signature",
    detail: `The cosignature of ${key.name} does not hold for the checkpoint that is published now.`,
  };
};

const parseLine = (text: string, line: string): NoteSignature | null => {
  try {
    const { signatures } = parseNote(utf8(`${text}\n${line.replace(/\n$/, "")}\n`));
    return signatures.length === 1 ? (signatures[0] ?? null) : null;
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
};
