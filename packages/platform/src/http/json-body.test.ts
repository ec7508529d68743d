import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJsonBody } from "./json-body.ts";
import { ApiProblem } from "./problem.ts";

const read = (text: string): unknown => parseJsonBody(Buffer.from(text));

const refusal = (bytes: Buffer): string => {
  try {
    parseJsonBody(bytes);
  } catch (error) {
    if (error instanceof ApiProblem) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "accepted";
};

const safeKey = fc
  .string()
  .filter((key) => !["__proto__", "constructor", "prototype"].includes(key));
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: "small" },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("tree")),
    fc.dictionary(safeKey, tie("tree"), { noNullPrototype: true }),
  ),
}));

describe("parseJsonBody", () => {
  it("reads whatever JSON.stringify writes, indented or not", () => {
    fc.assert(
      fc.property(tree, fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(read(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it("refuses a name that is written twice, wherever it stands and however it is escaped", () => {
    fc.assert(
      fc.property(tree, safeKey, (value, key) => {
        const name = JSON.stringify(key);
        const escaped = `"${unicode(key)}"`;
        const text = `[{"x":[{${name}:1,${escaped}:${JSON.stringify(value)}}]}]`;
        expect(refusal(Buffer.from(text))).toContain("appears twice");
      }),
    );
  });

  it.each([
    ['{"a":1,"b":{"a":1}}', "the same name in another object"],
    ['[{"a":1},{"a":1}]', "the same name in two items"],
    ['{"a":":{\\"a\\":1}"}', "colons and quotes in a text"],
    ['{"\\\\":1,"\\"":2}', "escapes in names"],
  ])("reads %s (%s)", (text) => {
    expect(read(text)).toEqual(JSON.parse(text));
  });

  it.each(["__proto__", "constructor", "prototype", "\\u005f_proto__"])(
    "refuses the name %s",
    (name) => {
      expect(refusal(Buffer.from(`{"a":[{"${name}":{"admin":true}}]}`))).toMatch(
        /is not allowed: remove it/,
      );
      expect("admin" in {}).toBe(false);
    },
  );

  it("names the field that appears twice", () => {
    expect(refusal(Buffer.from('{"slot":1,"x":{},"slot":2}'))).toBe(
      'request.malformed: The field "slot" appears twice in one object: keep one.',
    );
  });

  it("refuses nesting that only serves to break readers, before it parses", () => {
    expect(refusal(Buffer.from("[".repeat(200_000)))).toContain("nests 200000 levels deep");
    expect(refusal(Buffer.from(`${"[".repeat(32)}${"]".repeat(32)}`))).toBe("accepted");
  });

  it("refuses bytes that are not UTF-8 and texts that are cut off", () => {
    expect(refusal(Buffer.from([0x22, 0xff, 0x22]))).toContain("not UTF-8");
    expect(refusal(Buffer.from('{"a":"b'))).toContain("not JSON");
    expect(refusal(Buffer.from('{"a":"b\\'))).toContain("not JSON");
  });

  it.each(["\\u0000", "\\ud800", "\\udc00\\ud800", "\\uD83D"])(
    "refuses text that cannot be stored exactly, and says where it stands: %s",
    (broken) => {
      expect(refusal(Buffer.from(`{"a":[{"reason":"x${broken}"}]}`))).toMatch(
        /^request.malformed: The text at "\/a\/0\/reason" holds NUL or half of a surrogate pair/,
      );
      expect(read('{"a":"\\u00e9 \\ud83d\\ude00 \\\\u0000"}')).toEqual({ a: "é 😀 \\u0000" });
    },
  );

  it("takes an empty body for none", () => {
    expect(parseJsonBody(Buffer.alloc(0))).toBeUndefined();
  });
});

function unicode(text: string): string {
  return Array.from(
    { length: text.length },
    (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`,
  ).join("");
}
