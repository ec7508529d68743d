import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toHex } from "./bytes.ts";
import { ed25519PublicKey, signedBytes, signObject, verifyObject } from "./signatures.ts";
import type { SignatureKind } from "./signatures.ts";

const networkId = "ab".repeat(32);
const seed = new Uint8Array(32).fill(4);
const key = toHex(ed25519PublicKey(seed));
const object = { node_id: "node_x", epoch: 3, anchor: "00".repeat(32) };
const signature = signObject("commitment", networkId, object, seed);

describe("a signature", () => {
  test("covers the object without its own field, in any order of keys", () => {
    const reordered = { signature, ...Object.fromEntries(Object.entries(object).toReversed()) };
    expect(verifyObject("commitment", networkId, reordered, signature, key)).toBe(true);
    expect(signObject("commitment", networkId, reordered, seed)).toBe(signature);
  });

  test.each<[string, SignatureKind, string, object]>([
    ["another kind", "beacon", networkId, object],
    ["another network", "commitment", "ac".repeat(32), object],
    ["another value", "commitment", networkId, { ...object, epoch: 4 }],
    ["one more field", "commitment", networkId, { ...object, extra: 1 }],
    ["an object without a canonical form", "commitment", networkId, { ...object, epoch: 3.5 }],
  ])("is not valid for %s", (_, kind, network, other) => {
    expect(verifyObject(kind, network, other, signature, key)).toBe(false);
  });

  test("of any bytes a stranger sends is judged, not thrown", () => {
    const hexLike = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[0-9a-f]{128}$/),
      fc.stringMatching(/^[0-9a-f]{64}$/),
    );
    fc.assert(
      fc.property(hexLike, hexLike, (someSignature, someKey) => {
        expect(verifyObject("commitment", networkId, object, someSignature, someKey)).toBe(false);
      }),
    );
  });

  test("does not exist for a kind outside the list", () => {
    expect(() => signObject("anything" as SignatureKind, networkId, object, seed)).toThrow(
      expect.objectContaining({ code: "signature.kind" }),
    );
  });
});

test("what is signed begins with its label and the network", () => {
  const bytes = signedBytes("token", networkId, { challenge: "aa", signature: "left out" });
  const text = new TextDecoder("latin1").decode(bytes);
  expect(text).toBe(`lucid/token/v1\n${"\u00ab".repeat(32)}{"challenge":"aa"}`);
});

test("a change of keys leaves its list of signatures out", () => {
  const change = { role: "network", signatures: [{ key, signature }] };
  expect(signedBytes("key_change", networkId, change)).toEqual(
    signedBytes("key_change", networkId, { role: "network" }),
  );
});
