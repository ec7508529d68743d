import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, sha256, u64, utf8 } from "../bytes.ts";
import { ed25519PublicKey } from "../signatures.ts";
import { toBase64 } from "./base64.ts";
import { checkpointText, parseCheckpointText } from "./checkpoint-text.ts";
import { openCheckpoint } from "./checkpoint.ts";
import {
  cosign,
  cosignerKey,
  cosignerName,
  splitCosignature,
  verifyCosignature,
} from "./cosignature.ts";
import { leafHash, rootOfHashes } from "./merkle.ts";
import { signNote } from "./note-signing.ts";
import { formatNote } from "./note.ts";
import { formatProofFile, parseProofFile, verifyProofFile } from "./proof-file.ts";
import { inclusionProof } from "./proof.ts";
import { subtreesOf } from "./subtrees.ts";

const origin = "lucid.example/0123456789abcdef";
const [logSeed, nodeSeed] = [sha256(u64(1)), sha256(u64(2))];
const leaves = Array.from({ length: 300 }, (_, i) => leafHash(u64(i)));
const checkpoint = { origin, size: 300, root: rootOfHashes(leaves) };
const text = checkpointText(checkpoint);
const witness = cosignerName(origin, `node_${"a".repeat(32)}`);
const log = {
  origin,
  logKey: ed25519PublicKey(logSeed),
  cosigners: [cosignerKey(witness, ed25519PublicKey(nodeSeed))],
};
const byLog = signNote(text, { name: origin, seed: logSeed });
const byWitness = cosign(checkpoint, { name: witness, seed: nodeSeed, timeSeconds: 1_679_315_147 });
const signed = (...signatures: (typeof byLog)[]) => formatNote({ text, signatures });

describe("a checkpoint's text", () => {
  test("survives", () => {
    const any = fc.record({
      origin: fc.stringMatching(/^[ -~]{1,40}$/),
      size: fc.maxSafeNat(),
      root: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    });
    fc.assert(
      fc.property(any, (head) => {
        expect(parseCheckpointText(checkpointText(head))).toEqual(head);
      }),
    );
  });

  const root = toBase64(checkpoint.root);
  test.each([
    ["an extension line", `${text}more\n`],
    ["an empty line", `${text}\n`],
    ["no last newline", text.slice(0, -1)],
    ["no origin", `\n300\n${root}\n`],
    ["a leading zero", `${origin}\n0300\n${root}\n`],
    ["a sign", `${origin}\n+300\n${root}\n`],
    ["no size", `${origin}\n\n${root}\n`],
    ["a size above 2^53-1", `${origin}\n9007199254740992\n${root}\n`],
    ["base64url", `${origin}\n300\n${"-".repeat(43)}=\n`],
    ["no padding", `${origin}\n300\n${root.slice(0, -1)}\n`],
    ["a short root", `${origin}\n300\n${toBase64(new Uint8Array(31))}\n`],
    ["two lines", `${origin}\n300\n`],
  ])("is refused with %s", (_, altered) => {
    expect(() => parseCheckpointText(altered)).toThrow(
      expect.objectContaining({ code: "checkpoint.malformed" }),
    );
  });

  test("is not written for what it cannot say", () => {
    for (const wrong of [{ size: -1 }, { size: 0.5 }, { root: u64(0) }, { origin: "a\nb" }]) {
      expect(() => checkpointText({ ...checkpoint, ...wrong })).toThrow(
        expect.objectContaining({ code: "checkpoint.malformed" }),
      );
    }
  });
});

describe("opening a checkpoint", () => {
  test("answers what the log signed and who cosigned it when", () => {
    const { cosigners } = log;
    const verdict = openCheckpoint(signed(byLog, byWitness), log);
    const cosignature = splitCosignature(byWitness.signature);
    expect(verdict).toEqual({
      ok: true,
      checkpoint,
      cosignatures: [{ key: cosigners[0], timeSeconds: 1_679_315_147, ...cosignature }],
    });
  });

  test.each([
    ["unsigned", signed(byWitness)],
    [
      "unsigned",
      formatNote({ text, signatures: [signNote(text, { name: origin, seed: nodeSeed })] }),
    ],
    ["wrong_signature", signed({ ...byLog, signature: byLog.signature.toReversed() })],
    ["wrong_signature", signed(byLog, { ...byWitness, signature: byWitness.signature.with(7, 0) })],
    ["malformed", utf8(text)],
    ["malformed", resigned(`${text}extension\n`)],
    ["origin", resigned(text.replace("example", "elsewhere"))],
  ])("refuses: %s", (code, bytes) => {
    expect(openCheckpoint(bytes, log)).toMatchObject({ ok: false, code });
  });

  function resigned(other: string): Uint8Array {
    return formatNote({
      text: other,
      signatures: [signNote(other, { name: origin, seed: logSeed })],
    });
  }
});

describe("a cosignature", () => {
  test("holds for its text and time alone", () => {
    const key = ed25519PublicKey(nodeSeed);
    const blob = byWitness.signature;
    expect(verifyCosignature(key, text, blob)).toBe(true);
    expect(verifyCosignature(key, text.replace("300", "301"), blob)).toBe(false);
    for (let at = 0; at < blob.length; at++) {
      const altered = blob.with(at, (blob[at] as number) ^ 1);
      expect(verifyCosignature(key, text, altered)).toBe(false);
    }
    expect(verifyCosignature(key, text, blob.subarray(1))).toBe(false);
    expect(
      verifyCosignature(key, text, concat(new Uint8Array(8).fill(255), blob.subarray(8))),
    ).toBe(false);
  });

  test.each([-1, 0.5, 2 ** 53, Number.NaN])("has no time %s", (timeSeconds) => {
    expect(() => cosign(checkpoint, { name: witness, seed: nodeSeed, timeSeconds })).toThrow(
      expect.objectContaining({ code: "cosignature.time" }),
    );
  });
});

describe("a proof file", () => {
  const index = 257;
  const file = {
    index,
    hashes: inclusionProof(index, 300, subtreesOf(leaves)),
    checkpoint: signed(byLog, byWitness),
  };
  const leaf = leaves[index] as Uint8Array;

  test("survives, with and without extra data", () => {
    for (const extra of [{}, { extra: utf8("height 257") }]) {
      expect(parseProofFile(formatProofFile({ ...file, ...extra }))).toEqual({ ...file, ...extra });
    }
  });

  test("proves its leaf and nothing else", () => {
    expect(verifyProofFile(formatProofFile(file), leaf, log)).toMatchObject({
      ok: true,
      checkpoint,
    });
    const others = [
      { ...file, index: index - 1 },
      { ...file, hashes: file.hashes.slice(1) },
      { ...file, hashes: file.hashes.toReversed() },
    ];
    for (const other of others) {
      expect(verifyProofFile(formatProofFile(other), leaf, log)).toMatchObject({
        code: "inclusion",
      });
    }
    expect(verifyProofFile(formatProofFile(file), leafHash(leaf), log).ok).toBe(false);
    const unsigned = formatProofFile({ ...file, checkpoint: signed(byWitness) });
    expect(verifyProofFile(unsigned, leaf, log)).toMatchObject({ code: "unsigned" });
  });

  const good = new TextDecoder().decode(formatProofFile(file));
  test.each([
    ["another version", good.replace("@v1", "@v2")],
    ["no index", good.replace("index 257\n", "")],
    ["a leading zero", good.replace("index 257", "index 0257")],
    ["no empty line", good.replaceAll("\n\n", "\n")],
    ["a hash that is none", good.replace("index 257\n", "index 257\nAAAA\n")],
    ["extra data that are none", good.replace("index", "extra ???\nindex")],
    ["64 hashes", good.replace("index 257\n", `index 257\n${`${toBase64(leaf)}\n`.repeat(64)}`)],
    ["CR", good.replaceAll("\n", "\r\n")],
    ["nothing", ""],
  ])("is refused with %s", (_, altered) => {
    expect(verifyProofFile(utf8(altered), leaf, log)).toMatchObject({ code: "malformed" });
  });
});
