import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, sha256, toHex, u64, utf8 } from "../bytes.ts";
import { ed25519PublicKey } from "../signatures.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { checkpointText } from "./checkpoint-text.ts";
import { cosign, cosignerKey } from "./cosignature.ts";
import { formatVerifierKey, noteKeyId, parseVerifierKey } from "./note-key.ts";
import type { NoteKey } from "./note-key.ts";
import { signNote, verifyNote } from "./note-signing.ts";
import { formatNote, MAX_NOTE_SIGNATURES, parseNote } from "./note.ts";

const CHECKPOINT = { origin: "example.com/log", size: 5, root: sha256() };
const TEXT = checkpointText(CHECKPOINT);
const seedOf = (n: number) => sha256(u64(n));
const keyOf = (name: string, n: number): NoteKey => ({
  name,
  type: 0x01,
  publicKey: ed25519PublicKey(seedOf(n)),
});
const signedBy = (name: string, n: number, text = TEXT) =>
  signNote(text, { name, seed: seedOf(n) });
const malformed: unknown = expect.objectContaining({ code: "note.malformed" });
const badKey: unknown = expect.objectContaining({ code: "note.key" });

describe("a note", () => {
  test("survives its bytes, whatever its text and signatures are", () => {
    const line = fc
      .string({ unit: "binary" })
      .filter((text) => text.isWellFormed() && utf8(text).every((byte) => byte >= 0x20));
    const signature = fc.record({
      name: fc.stringMatching(/^[a-z./\u00e9-]{1,20}$/),
      keyId: fc.uint8Array({ minLength: 4, maxLength: 4 }).map(toHex),
      signature: fc.uint8Array({ minLength: 1, maxLength: 80 }),
    });
    const note = fc.record({
      text: line.map((text) => `${text}\n`),
      signatures: fc.array(signature, { minLength: 1, maxLength: MAX_NOTE_SIGNATURES }),
    });
    fc.assert(
      fc.property(note, (any) => {
        expect(parseNote(formatNote(any))).toEqual(any);
      }),
    );
  });

  const good = new TextDecoder().decode(
    formatNote({ text: TEXT, signatures: [signedBy("example.com/log", 1)] }),
  );
  const blob = toBase64(new Uint8Array(68));

  test.each([
    ["no signature", `${TEXT}\n`],
    ["no empty line", good.replace("\n\n", "\n")],
    ["no last newline", good.slice(0, -1)],
    ["CR", good.replaceAll("\n", "\r\n")],
    ["a tab", `a\tb\n\n\u2014 x ${blob}\n`],
    ["a hyphen for the dash", good.replace("\u2014", "-")],
    ["two spaces", good.replace("\u2014 ", "\u2014  ")],
    ["a third word", `${TEXT}\n\u2014 x ${blob} y\n`],
    ["no name", `${TEXT}\n\u2014  ${blob}\n`],
    ["a plus in the name", `${TEXT}\n\u2014 a+b ${blob}\n`],
    ["a no-break space in the name", `${TEXT}\n\u2014 a\u00a0b ${blob}\n`],
    ["base64url", `${TEXT}\n\u2014 x ${blob.replace("AAA=", "A-A=")}\n`],
    ["no padding", `${TEXT}\n\u2014 x ${toBase64(new Uint8Array(67)).replaceAll("=", "")}\n`],
    ["a key id alone", `${TEXT}\n\u2014 x ${toBase64(new Uint8Array(4))}\n`],
    ["17 signatures", TEXT + "\n" + `\u2014 x ${blob}\n`.repeat(17)],
    ["text behind the signatures", `${good}more\n`],
    ["nothing", ""],
  ])("is refused with %s", (_, text) => {
    expect(() => parseNote(utf8(text))).toThrow(malformed);
  });

  test("is refused when it is not UTF-8", () => {
    expect(() => parseNote(concat(Uint8Array.of(0xff), utf8(good)))).toThrow(malformed);
  });

  test("ends its text at the last empty line", () => {
    const text = "one\n\ntwo\n";
    const note = { text, signatures: [signedBy("a", 1, text)] };
    expect(parseNote(formatNote(note))).toEqual(note);
    expect(verifyNote(note, [keyOf("a", 1)]).ok).toBe(true);
  });

  test("is not written when it could not be read", () => {
    const [signature] = [signedBy("a", 1)];
    expect(() => formatNote({ text: "no newline", signatures: [signature] })).toThrow(malformed);
    expect(() => formatNote({ text: TEXT, signatures: [] })).toThrow(malformed);
    expect(() => formatNote({ text: TEXT, signatures: [{ ...signature, name: "a b" }] })).toThrow(
      malformed,
    );
  });
});

describe("verifying", () => {
  const [known, other] = [keyOf("known", 1), keyOf("other", 2)];

  test("ignores unknown keys, also when they share a name or an id", () => {
    const sameName = signedBy("known", 3);
    const sameId = { ...signedBy("stranger", 4), keyId: noteKeyId(known) };
    const signatures = [sameName, sameId, signedBy("known", 1)];
    const verdict = verifyNote({ text: TEXT, signatures }, [known]);
    expect(verdict).toEqual({
      ok: true,
      known: [{ key: known, signature: signatures[2]?.signature }],
    });
  });

  test("rejects the note for one bad signature of a known key, wherever it stands", () => {
    const bad = { ...signedBy("known", 1), signature: signedBy("other", 2).signature };
    const good = [signedBy("known", 1), signedBy("other", 2)];
    for (const signatures of [
      [bad, ...good],
      [...good, bad],
    ]) {
      const verdict = verifyNote({ text: TEXT, signatures }, [known, other]);
      expect(verdict).toMatchObject({ ok: false, code: "wrong_signature" });
    }
  });

  test("wants at least one known key", () => {
    const note = { text: TEXT, signatures: [signedBy("stranger", 9)] };
    expect(verifyNote(note, [known])).toMatchObject({ ok: false, code: "unsigned" });
    expect(verifyNote(note, [])).toMatchObject({ ok: false, code: "unsigned" });
  });

  test("covers every byte of the text", () => {
    const note = { text: TEXT, signatures: [signedBy("known", 1)] };
    fc.assert(
      fc.property(fc.nat({ max: TEXT.length - 1 }), (at) => {
        const text = `${TEXT.slice(0, at)}~${TEXT.slice(at + 1)}`;
        expect(verifyNote({ ...note, text }, [known]).ok).toBe(false);
      }),
    );
  });

  test("does not take a cosignature for a signature", () => {
    const cosigned = cosign(CHECKPOINT, {
      name: "known",
      seed: seedOf(1),
      timeSeconds: 1_679_315_147,
    });
    const note = { text: TEXT, signatures: [cosigned] };
    expect(verifyNote(note, [known])).toMatchObject({ ok: false, code: "unsigned" });
    expect(verifyNote(note, [cosignerKey("known", known.publicKey)]).ok).toBe(true);
  });
});

describe("a verifier key", () => {
  test("survives its text", () => {
    for (const key of [keyOf("example.com/log", 1), { ...keyOf("w", 2), type: 0x04 as const }]) {
      expect(parseVerifierKey(formatVerifierKey(key))).toEqual(key);
    }
  });

  // The example of golang.org/x/mod/sumdb/note's documentation.
  test("is read as other programs write it", () => {
    const text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    expect(formatVerifierKey(parseVerifierKey(text))).toBe(text);
    const note = [
      "If you think cryptography is the answer to your problem,",
      "then you don't know what your problem is.",
      "",
      "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=",
      "",
    ].join("\n");
    expect(verifyNote(parseNote(utf8(note)), [parseVerifierKey(text)]).ok).toBe(true);
  });

  test.each([
    ["another id", "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"],
    ["another type", "PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"],
    ["no name", "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"],
    ["a short key", "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy"],
    ["capital hex", "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"],
    ["nothing", ""],
  ])("is refused with %s", (_, text) => {
    expect(() => parseVerifierKey(text)).toThrow(badKey);
  });

  test("is not written with a name that a line cannot hold", () => {
    expect(() => formatVerifierKey(keyOf("a b", 1))).toThrow(badKey);
  });
});

test("base64 has one text for its bytes", () => {
  const texts = fc.stringMatching(/^[A-Za-z0-9+/=_ \n-]{0,12}$/);
  fc.assert(
    fc.property(fc.uint8Array(), texts, (bytes, text) => {
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
      const read = fromBase64(text);
      expect(read === null || toBase64(read) === text).toBe(true);
    }),
    { numRuns: 1000 },
  );
  expect(["QQ", "QR==", "QUI", "QUJ=", "QQ==\n", " QQ==", "-_==", "="].map(fromBase64)).toEqual(
    Array.from({ length: 8 }, () => null),
  );
  expect(fromBase64("QUI=")).toEqual(utf8("AB"));
});
