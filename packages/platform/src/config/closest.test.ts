import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { closestName, editDistance } from "./closest.ts";

describe("editDistance", () => {
  it.each([
    ["", "abc", 3],
    ["kitten", "sitting", 3],
    ["MANAGMENT", "MANAGEMENT", 1],
    ["same", "same", 0],
  ])("of %s and %s is %i", (from, to, distance) => {
    expect(editDistance(from, to)).toBe(distance);
  });

  it("is a metric", () => {
    const word = fc.string({ maxLength: 8, unit: fc.constantFrom("a", "b", "c") });
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
      }),
    );
  });
});

it("closestName suggests only what is near", () => {
  expect(closestName("LOG_LEVLE", ["LOG_LEVEL", "PORT"])).toBe("LOG_LEVEL");
  expect(closestName("SOMETHING", ["LOG_LEVEL", "PORT"])).toBeUndefined();
  expect(closestName("x", [])).toBeUndefined();
});
