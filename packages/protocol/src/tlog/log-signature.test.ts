import { describe, expect, it } from "vitest";
import { ed25519PublicKey } from "#crypto";
import { toHex } from "../bytes.ts";
import { checkpointText } from "./checkpoint-text.ts";
import { isSignedByLog, isSignedCheckpoint } from "./log-signature.ts";
import { signNote } from "./note-signing.ts";

const seed = new Uint8Array(32).fill(9);
const origin = "log.example.org/0123456789abcdef";
const log = { origin, logKey: toHex(ed25519PublicKey(seed)) };
const root = new Uint8Array(32).fill(5);
const { signature } = signNote(checkpointText({ origin, size: 7, root }), { name: origin, seed });
const head = { size: 7, root: toHex(root), signature: toHex(signature) };

describe("a head that the log signed", () => {
  it("is told by the signature on the log's line of the note", () => {
    expect(isSignedByLog(head, log)).toBe(true);
  });

  it.each([
    ["another size", { ...head, size: 8 }],
    ["another root", { ...head, root: "06".repeat(32) }],
    ["another signature", { ...head, signature: "00".repeat(64) }],
    ["no size", { ...head, size: -1 }],
    ["half a size", { ...head, size: 1.5 }],
    ["no root", { ...head, root: "05" }],
    ["no signature", { ...head, signature: "xy" }],
  ])("is not one with %s", (_, changed) => {
    expect(isSignedByLog(changed, log)).toBe(false);
  });

  it.each<[string, unknown]>([
    ["nothing", null],
    ["a size in words", { ...head, size: "7" }],
    ["a size below zero", { ...head, size: -1 }],
    ["a root that is a path", { ...head, root: "../".repeat(21).slice(1).padEnd(64, "0") }],
    ["a root too short", { ...head, root: "05" }],
    ["no signature", { size: 7, root: head.root }],
  ])("has another form than %s", (_, value) => {
    expect(isSignedCheckpoint(value)).toBe(false);
    expect(isSignedCheckpoint(head)).toBe(true);
  });

  it("is one of this log alone", () => {
    const other = toHex(ed25519PublicKey(new Uint8Array(32).fill(8)));
    expect(isSignedByLog(head, { ...log, logKey: other })).toBe(false);
    expect(isSignedByLog(head, { ...log, origin: `${origin.slice(0, -1)}0` })).toBe(false);
  });
});
