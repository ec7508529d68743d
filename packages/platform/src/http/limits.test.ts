import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMemoryCache } from "../cache/index.ts";
import { createTestClock } from "../clock/index.ts";
import { createLimiter } from "./limits.ts";

it("never lets more through in one window than the limit, whatever the order of callers", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 60 }),
      fc.integer({ min: 1, max: 10 }),
      (callers, limit) => {
        const limiter = createLimiter({ clock: createTestClock(0) });
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
  const limiter = createLimiter({ clock: createTestClock(0) });
  for (let n = 0; n < 100_000; n += 1) limiter.take(`address:${n}`, 2);
  expect([1, 2, 3].map((n) => limiter.take(`late:${n}`, 2) === 0)).toEqual([true, true, false]);
  expect(limiter.take("address:7", 2)).toBe(0);
});

describe("limits that replicas share", () => {
  const scene = () => {
    const clock = createTestClock(90_000);
    const cache = createMemoryCache(clock);
    const limiters = [createLimiter({ clock, cache }), createLimiter({ clock, cache })];
    const pass = (at: number) => limiters[at]?.take("owner:o", 10) === 0;
    return { clock, pass };
  };

  it("hold for all of them together, a moment later", async () => {
    const { clock, pass } = scene();
    for (let n = 0; n < 6; n += 1) expect(pass(0)).toBe(true);
    await clock.advance(100);
    expect(pass(1)).toBe(true);
    await clock.advance(100);
    expect([pass(1), pass(1), pass(1), pass(1)]).toEqual([true, true, true, false]);
  });

  it("begin anew for all of them with the minute", async () => {
    const { clock, pass } = scene();
    for (let n = 0; n < 10; n += 1) pass(0);
    await clock.advance(100);
    pass(1);
    await clock.advance(100);
    expect(pass(1)).toBe(false);
    await clock.advance(30_000);
    expect([pass(0), pass(1)]).toEqual([true, true]);
  });
});
