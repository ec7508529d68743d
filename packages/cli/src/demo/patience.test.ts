import { ApiError, type Client } from "@lucid/api/client";
import { createTestClock } from "@lucid/platform/clock";
import { expect, test } from "vitest";
import { createPatientClient } from "./patience.ts";

const limited = new ApiError("limits.exceeded", "Too many requests", { retryAfterMs: 3000 });
const unreachable = new ApiError("client.unreachable", "no answer");

/** Fails with each of these in turn, then answers; the clock jumps over every wait. */
const setUp = (failures: ApiError[], over = new AbortController().signal) => {
  const clock = createTestClock(0);
  const waits: number[] = [];
  const jumping = {
    ...clock,
    sleep: async (ms: number) => {
      waits.push(ms);
      await clock.advance(ms);
    },
  };
  const call = async (): Promise<unknown> => {
    const failure = failures.shift();
    if (failure !== undefined) throw failure;
    return "answer";
  };
  const patient = createPatientClient({ call: call as Client["call"] }, jumping, over);
  return { waits, look: () => patient.call("getNetwork") };
};

test("waits as long as the service asks for, however often", async () => {
  const { waits, look } = setUp(Array.from({ length: 10 }, () => limited));
  expect(await look()).toBe("answer");
  expect(waits).toEqual(Array.from({ length: 10 }, () => 3000));
});

test("a silent service is tried again for a moment only", async () => {
  expect(await setUp([unreachable, unreachable]).look()).toBe("answer");
  await expect(setUp(Array.from({ length: 100 }, () => unreachable)).look()).rejects.toBe(
    unreachable,
  );
});

test("a refusal is final, and so is everything once the demo is over", async () => {
  const refusal = new ApiError("nodes.unknown", "no such node");
  await expect(setUp([refusal]).look()).rejects.toBe(refusal);
  await expect(setUp([limited], AbortSignal.abort()).look()).rejects.toBe(limited);
});
