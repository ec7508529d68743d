import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toHex } from "./bytes.ts";
import { decode, encode, encodeText } from "./canonical.ts";
import { ProtocolError } from "./error.ts";

const key = fc.stringMatching(/^[a-z][a-z0-9]{0,4}(_[a-z0-9]{1,3})?$/);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: "binary" }),
    fc.maxSafeInteger().map((n) => n + 0),
    fc.boolean(),
    fc.array(tie("any")),
    fc.dictionary(key, tie("any"), { noNullPrototype: true }),
  ),
})).any;

function shuffled(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(shuffled);
  if (typeof input !== "object" || input === null) return input;
  return Object.fromEntries(
    Object.entries(input)
      .toReversed()
      .map(([name, inner]) => [name, shuffled(inner)]),
  );
}

describe("encode", () => {
  test("is undone by decode, and does not depend on the order of keys", () => {
    fc.assert(
      fc.property(value, (input) => {
        expect(decode(encode(input))).toEqual(input);
        expect(toHex(encode(shuffled(input)))).toBe(toHex(encode(input)));
      }),
    );
  });

  const withHole: unknown[] = [1];
  withHole[2] = 3;
  const cyclic: Record<string, unknown> = {};
  cyclic["again"] = cyclic;

  test.each<[string, unknown]>([
    ["undefined", undefined],
    ["an undefined field", { a: undefined }],
    ["null", { a: null }],
    ["a fraction", 0.5],
    ["minus zero", -0],
    ["2^53", 2 ** 53],
    ["NaN", Number.NaN],
    ["infinity", Number.POSITIVE_INFINITY],
    ["a bigint", 1n],
    ["a Date", new Date(0)],
    ["a Map", new Map([["a", 1]])],
    ["a Set", new Set([1])],
    ["bytes", Uint8Array.of(1)],
    ["a class instance", new ProtocolError("a.b", "c")],
    ["a boxed string", new String("a")],
    ["a function", () => 1],
    ["a symbol", Symbol("a")],
    ["toJSON", { toJSON: () => 1 }],
    ["a lone surrogate", "\ud800"],
    ["a lone surrogate inside", { a: ["\udc00x"] }],
    ["a key in capitals", { Key: 1 }],
    ["a key with a dash", { "a-b": 1 }],
    ["an array with a hole", withHole],
    ["an array with a property", Object.assign([1], { a: 1 })],
    ["a cycle", cyclic],
  ])("refuses %s", (_, input) => {
    expect(() => encode(input)).toThrow(expect.objectContaining({ code: "canonical.value" }));
  });

  test("names the place of what it refuses", () => {
    expect(() => encodeText({ a: [{ b: 1.5 }] })).toThrow(
      /^\/a\/0\/b is 1\.5, but numbers are integers/,
    );
  });
});

describe("decode", () => {
  test("refuses every other spelling of the same value", () => {
    fc.assert(
      fc.property(value, fc.constantFrom(" ", "\n", "\t"), (input, space) => {
        const text = encodeText(input);
        const spelled = new TextEncoder().encode(space + text);
        expect(() => decode(spelled)).toThrow(expect.objectContaining({ code: "canonical.bytes" }));
      }),
    );
  });
});
