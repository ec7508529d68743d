import { expect, test } from "vitest";
import { systemClock } from "./index.ts";

test("sleeps at least as long as asked", async () => {
  const startMs = systemClock.monotonic();
  await systemClock.sleep(20);
  expect(systemClock.monotonic() - startMs).toBeGreaterThanOrEqual(19);
});

test("an aborted sleep resolves, before or while it sleeps, however long it is", async () => {
  const stop = new AbortController();
  const sleep = systemClock.sleep(400 * 86_400_000, stop.signal);
  stop.abort();
  await sleep;
  await systemClock.sleep(1_000_000, AbortSignal.abort());
  expect(stop.signal.aborted).toBe(true);
});
