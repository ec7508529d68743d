import { encode, frameLeaves, ProtocolError, utf8 } from "@lucid/protocol";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeAppend, encodeAppend } from "./sealed-slots.ts";

const hexOf = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((value) => Buffer.from(value).toString("hex"));

const slots = fc.array(
  fc.record({
    slot: fc.nat(),
    observed: fc.boolean(),
    backlog: fc.nat(),
    policy_hash: hexOf(32),
    sealed_at: fc.nat(),
    body: fc.uint8Array(),
  }),
  { minLength: 1, maxLength: 5 },
);
const seen = fc.record({
  size: fc.integer({ min: 1, max: 2 ** 40 }),
  root: hexOf(32),
  signature: hexOf(64),
});
const requests = fc.record({ slots, seen }, { requiredKeys: ["slots"] });

const codeOf = (parts: readonly Uint8Array[]): string => {
  try {
    decodeAppend(frameLeaves(parts));
    return "taken";
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
};

const sealing = {
  slot: 1,
  observed: true,
  backlog: 0,
  policy_hash: "ab".repeat(32),
  sealed_at: 5,
};
const empty = new Uint8Array();

describe("sealed slots on the wire", () => {
  it("come back as they were sent", () => {
    fc.assert(
      fc.property(requests, (request) => {
        expect(decodeAppend(encodeAppend(request))).toEqual(request);
      }),
    );
  });

  it("are refused when a byte is missing at the end", () => {
    const bytes = encodeAppend({ slots: [{ ...sealing, body: utf8("abc") }] });
    expect(() => decodeAppend(bytes.subarray(0, -1))).toThrow("frame each as u32");
  });

  it.each<[string, readonly Uint8Array[]]>([
    ["append.empty", []],
    ["append.empty", [encode({})]],
    ["append.framing", [encode({}), encode(sealing)]],
    ["append.seen", [encode({ seen: { size: 0 } }), encode(sealing), empty]],
    ["append.seen", [encode({ saw: 1 }), encode(sealing), empty]],
    ["append.seen", [utf8("{"), encode(sealing), empty]],
    ["append.slot", [encode({}), encode({ ...sealing, extra: 1 }), empty]],
    ["append.slot", [encode({}), encode({ ...sealing, slot: -1 }), empty]],
    ["append.slot", [encode({}), utf8(` ${JSON.stringify(sealing)}`), empty]],
  ])("answers %s", (code, parts) => {
    expect(codeOf(parts)).toBe(code);
  });

  it("names the slot and the field that are wrong", () => {
    const parts = [encode({}), encode(sealing), empty, encode({ ...sealing, backlog: "0" }), empty];
    expect(() => decodeAppend(frameLeaves(parts))).toThrow(
      /^slot 1 of the request: \/backlog must be integer$/,
    );
  });
});
