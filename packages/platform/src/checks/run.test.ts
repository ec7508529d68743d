import { expect, it } from "vitest";
import { createTestClock } from "../clock/index.ts";
import { failed, fine, runChecks, warning, worstOf } from "./index.ts";

const clock = createTestClock(0);

it("answers in the order of the checks, whatever each takes, and a check that throws is unknown", async () => {
  const first = Promise.withResolvers<void>();
  const results = runChecks(
    [
      { name: "slow", look: () => first.promise.then(() => fine("got there")) },
      {
        name: "broken",
        look: () => {
          throw new Error("it broke");
        },
      },
    ],
    { clock, timeoutMs: 1000 },
  );
  first.resolve();
  expect(await results).toEqual([
    { name: "slow", state: "ok", detail: "got there", fix: null },
    { name: "broken", state: "unknown", detail: "it broke", fix: null },
  ]);
});

it("does not wait for ever", async () => {
  const results = runChecks([{ name: "deaf", look: () => new Promise(() => {}) }], {
    clock,
    timeoutMs: 1000,
  });
  await clock.advance(1000);
  expect(await results).toMatchObject([{ state: "unknown", detail: "no answer within 1 s" }]);
});

it("one that could not be made weighs more than a warning and less than a failure", () => {
  expect(worstOf([])).toBe("ok");
  expect(worstOf([fine(""), warning("", "")])).toBe("warning");
  expect(worstOf([{ state: "unknown" }, warning("", "")])).toBe("unknown");
  expect(worstOf([{ state: "unknown" }, failed("", "")])).toBe("failed");
});
