import {
  type Checkpoint,
  checkpointText,
  cosign,
  ed25519PublicKey,
  formatNote,
  type NoteKey,
  type NoteSignature,
  parseNote,
  type SignedNote,
  signNote,
} from "@lucid/protocol";
import { describe, expect, it } from "vitest";
import { judgeLine } from "./line.ts";
import { addCosignature } from "./merge.ts";

const origin = "log.example/0123456789abcdef";
const logSeed = new Uint8Array(32).fill(1);
const logKey: NoteKey = { name: origin, type: 0x01, publicKey: ed25519PublicKey(logSeed) };
const checkpoint: Checkpoint = { origin, size: 7, root: new Uint8Array(32).fill(9) };
const text = checkpointText(checkpoint);
const bare = { text, signatures: [signNote(text, { name: origin, seed: logSeed })] };

const createWitness = (n: number) => {
  const seed = new Uint8Array(32).fill(100 + n);
  const name = `witness-${n}.example`;
  const key: NoteKey = { name, type: 0x04, publicKey: ed25519PublicKey(seed) };
  return {
    key,
    sign: (timeSeconds = 1000, over = checkpoint) => cosign(over, { name, seed, timeSeconds }),
  };
};
const witnesses = Array.from({ length: 20 }, (_, n) => createWitness(n));
const keys = witnesses.slice(0, 15).map(({ key }) => key);
const [first, second] = witnesses as [(typeof witnesses)[0], (typeof witnesses)[0]];

const lineOf = (signature: NoteSignature): string =>
  new TextDecoder().decode(formatNote({ text: "x\n", signatures: [signature] })).slice(3);

describe("a cosignature line", () => {
  it.each(["", "\n"])("of a witness over this checkpoint is taken (line end %j)", (end) => {
    const line = lineOf(first.sign()).trimEnd() + end;
    expect(judgeLine(text, line, keys)).toMatchObject({ ok: true, key: first.key });
  });

  it.each([
    ["malformed", "nothing"],
    ["malformed", ""],
    ["malformed", lineOf(first.sign()) + lineOf(second.sign())],
    ["malformed", lineOf(first.sign()).replace("\u2014", "-")],
    ["unknown_key", lineOf((witnesses[15] as typeof first).sign())],
    ["unknown_key", lineOf({ ...first.sign(), name: "other.example" })],
    ["unknown_key", lineOf(signNote(text, { name: origin, seed: logSeed }))],
    ["wrong_signature", lineOf(first.sign(1000, { ...checkpoint, size: 6 }))],
    ["wrong_signature", lineOf({ ...first.sign(), signature: second.sign().signature })],
  ])("is refused as %s", (code, line) => {
    expect(judgeLine(text, line, keys)).toMatchObject({ ok: false, code });
  });
});

describe("the published note", () => {
  const start: SignedNote = bare;
  const add = (note: SignedNote, signature: NoteSignature) =>
    addCosignature(note, signature, { logKey, witnesses: keys }) ?? note;

  it("keeps the log's line first and the witnesses in the order of the settings", () => {
    const note = [5, 0, 14, 3].reduce(
      (sum, n) => add(sum, (witnesses[n] as typeof first).sign()),
      start,
    );
    expect(note.signatures.map(({ name }) => name)).toEqual([
      origin,
      ...[0, 3, 5, 14].map((n) => `witness-${n}.example`),
    ]);
    expect(parseNote(formatNote(note)).signatures).toHaveLength(5);
  });

  it("never has more than 16 lines, and others give way to outside witnesses", () => {
    const others = witnesses.slice(15).map(({ sign }) => sign());
    const crowded = [...others, ...witnesses.slice(0, 15).map(({ sign }) => sign())].reduce(
      (note, signature) => add(note, signature),
      start,
    );
    expect(crowded.signatures.map(({ name }) => name)).toEqual([
      origin,
      ...keys.map(({ name }) => name),
    ]);
  });

  it("holds the newest line of each witness", () => {
    const once = add(bare, first.sign(1000));
    const rules = { logKey, witnesses: keys };
    expect(addCosignature(once, first.sign(999), rules)).toBeNull();
    expect(addCosignature(once, first.sign(1000), rules)).toBeNull();
    expect(addCosignature(once, first.sign(1001), rules)?.signatures).toEqual([
      bare.signatures[0],
      first.sign(1001),
    ]);
  });
});
