import * as fc from "fast-check";
import { expect, test } from "vitest";
import { bytesField, readFields, varintField } from "./wire.ts";

const field = fc.oneof(
  fc.record({
    number: fc.integer({ min: 1, max: 500 }),
    value: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
  }),
  fc.record({ number: fc.integer({ min: 1, max: 500 }), value: fc.uint8Array({ maxLength: 300 }) }),
);

test("fields survive writing and reading", () => {
  fc.assert(
    fc.property(fc.array(field, { maxLength: 8 }), (fields) => {
      const bytes = fields.flatMap(({ number, value }) =>
        typeof value === "bigint" ? varintField(number, value) : bytesField(number, value),
      );
      expect(readFields(Uint8Array.from(bytes))).toEqual(fields);
    }),
  );
});

test.each([
  ["a number that is cut off", [0x08, 0x80]],
  ["a field longer than the message", [0x0a, 0x05, 1, 2]],
  ["a number with a needless byte", [0x08, 0x81, 0x00]],
  ["a number of more than 64 bits", [0x08, ...Array.from({ length: 10 }, () => 0xff), 0x01]],
  ["a wire type that transfers do not use", [0x0d, 1, 2, 3, 4]],
])("refuses %s", (_, bytes) => {
  expect(() => readFields(Uint8Array.from(bytes))).toThrow(
    expect.objectContaining({ code: "tron.raw.malformed" }),
  );
});
