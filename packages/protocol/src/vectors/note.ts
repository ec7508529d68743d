import vectors from "../../../../vectors/note.json" with { type: "json" };
import { fromHex, toHex, utf8 } from "../bytes.ts";
import { parseCheckpointText } from "../tlog/checkpoint-text.ts";
import { cosign } from "../tlog/cosignature.ts";
import { formatVerifierKey, noteKeyId, parseVerifierKey } from "../tlog/note-key.ts";
import { signNote, verifyNote } from "../tlog/note-signing.ts";
import { formatNote, parseNote } from "../tlog/note.ts";
import type { SignedNote } from "../tlog/note.ts";
import { refusal } from "./outcome.ts";

export function recomputeNote() {
  return {
    keys: vectors.keys.map(({ verifier_key }) => {
      const key = parseVerifierKey(verifier_key);
      return {
        name: key.name,
        type: key.type,
        public_key: toHex(key.publicKey),
        key_id: noteKeyId(key),
        verifier_key: formatVerifierKey(key),
      };
    }),
    signed: vectors.signed.map((given) => {
      const { text, name, seed } = given;
      return { ...given, note: written({ text, signatures: [signNote(text, keyOf(name, seed))] }) };
    }),
    cosigned: vectors.cosigned.map((given) => {
      const { text, name, seed, time } = given;
      const signature = cosign(parseCheckpointText(text), {
        ...keyOf(name, seed),
        timeSeconds: time,
      });
      return { ...given, note: written({ text, signatures: [signature] }) };
    }),
    verdicts: vectors.verdicts.map(({ case: name, note, known }) => {
      const verdict = verifyNote(parseNote(utf8(note)), known.map(parseVerifierKey));
      const answer = verdict.ok
        ? { signers: verdict.known.map(({ key }) => key.name) }
        : { code: verdict.code };
      return { case: name, note, known, ...answer };
    }),
    refused: vectors.refused.filter(
      ({ note }) => refusal(() => parseNote(utf8(note))) === "note.malformed",
    ),
  };
}

function keyOf(name: string, seed: string) {
  return { name, seed: fromHex(seed) };
}

function written(note: SignedNote): string {
  return new TextDecoder().decode(formatNote(note));
}
