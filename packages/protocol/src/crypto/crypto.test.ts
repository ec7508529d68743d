import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import edge from "../../../../vectors/ed25519-edge.json" with { type: "json" };
import { fromHex } from "../bytes.ts";
import * as browser from "./browser.ts";
import * as node from "./node.ts";

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

describe("node and browser agree", () => {
  test("on hashes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (input) => {
        expect(node.sha256(input)).toEqual(browser.sha256(input));
      }),
    );
  });

  test("on hashing in place", () => {
    fc.assert(
      fc.property(bytes(48), (block) => {
        const [one, other] = [block.slice(), block.slice()];
        expect(node.sha256Into(one, one)).toEqual(browser.sha256Into(other, other));
        expect(one.subarray(32)).toEqual(block.subarray(32));
      }),
    );
  });

  test("on derived keys", () => {
    fc.assert(
      fc.property(bytes(32), bytes(32), fc.uint8Array({ maxLength: 40 }), (ikm, salt, info) => {
        expect(node.hkdfSha256(ikm, salt, info, 32)).toEqual(
          browser.hkdfSha256(ikm, salt, info, 32),
        );
      }),
    );
  });

  test("on keys, signatures and their check", () => {
    fc.assert(
      fc.property(bytes(32), fc.uint8Array(), fc.nat(), (seed, message, position) => {
        const key = node.ed25519PublicKey(seed);
        const signature = node.ed25519Sign(seed, message);
        expect(browser.ed25519PublicKey(seed)).toEqual(key);
        expect(browser.ed25519Sign(seed, message)).toEqual(signature);
        expect(browser.ed25519Equation(key, message, signature)).toBe(true);
        const altered = signature.map((byte, i) => (i === position % 64 ? byte ^ 1 : byte));
        expect(node.ed25519Equation(key, message, altered)).toBe(false);
        expect(browser.ed25519Equation(key, message, altered)).toBe(false);
      }),
      { numRuns: 20 },
    );
  });

  // Small orders are refused before the equation; OpenSSL refuses some of them itself.
  const equations = edge.verify.filter(
    (given) => !/ [0-9] T/.test(given.case) && hasRightLengths(given),
  );
  test.each(equations)("on the equation: $case", ({ public_key, message, signature, valid }) => {
    const given = [fromHex(public_key), fromHex(message), fromHex(signature)] as const;
    expect([browser.ed25519Equation(...given), node.ed25519Equation(...given)]).toEqual([
      valid,
      valid,
    ]);
  });
});

function hasRightLengths({
  public_key,
  signature,
}: {
  public_key: string;
  signature: string;
}): boolean {
  return public_key.length === 64 && signature.length === 128;
}

test("a seed of another length is refused, not padded", () => {
  expect(() => node.ed25519PublicKey(new Uint8Array(31))).toThrow(/32 bytes/);
  expect(() => browser.ed25519PublicKey(new Uint8Array(31))).toThrow(/32/);
});
