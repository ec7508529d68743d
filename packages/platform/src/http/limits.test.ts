import * as fc from "fast-check";
import { expect, it } from "vitest";
import { createTestClock } from "../clock/index.ts";
import { createLimiter } from "./limits.ts";

it("never lets more through in one window than the limit, whatever the order of callers", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 60 }),
      fc.integer({ min: 1, max: 10 }),
      (callers, limit) => {
        const limiter = createLimiter(createTestClock(0));
        for (const name of ["a", "b", "c"]) {
          const asked = callers.filter((caller) => caller === name);
          const passed = asked.filter(() => limiter.take(name, limit) === 0);
          expect(passed.length).toBe(Math.min(asked.length, limit));
        }
      },
    ),
  );
});

it("lets strangers share one count once there are too many to remember", () => {
  const limiter = createLimiter(createTestClock(0));
  for (let n = 0; n < 100_000; n += 1) limiter.take(`address:${n}`, 2);
  expect([1, 2, 3].map((n) => limiter.take(`late:${n}`, 2) === 0)).toEqual([true, true, false]);
  expect(limiter.take("address:7", 2)).toBe(0);
});
