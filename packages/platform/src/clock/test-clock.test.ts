import { expect, test } from "vitest";
import { createTestClock } from "./index.ts";

test("time stands still until the test moves it", async () => {
  const clock = createTestClock(1_000);
  await clock.advance(250);
  expect([clock.now(), clock.monotonic()]).toEqual([1_250, 250]);
});

test("sleepers wake in order, each at its own time, also those that earlier ones start", async () => {
  const clock = createTestClock(0);
  const woken: [string, number][] = [];
  const sleeper = async (name: string, ...waits: number[]) => {
    for (const ms of waits) {
      await clock.sleep(ms);
      woken.push([name, clock.now()]);
    }
  };
  void sleeper("late", 30);
  void sleeper("chain", 10, 10, 30);
  await clock.advance(40);
  expect(woken).toEqual([
    ["chain", 10],
    ["chain", 20],
    ["late", 30],
  ]);
  await clock.advance(10);
  expect(woken.at(-1)).toEqual(["chain", 50]);
});

test("a sleep too short to be added to the time still ends later", async () => {
  const clock = createTestClock(0);
  await clock.advance(1_000);
  const slept = clock.sleep(1e-14);
  await clock.advance(1);
  await slept;
  expect(clock.now()).toBe(1_001);
  let turns = 0;
  void (async () => {
    for (; clock.monotonic() < 1_002 && turns < 100; turns++) await clock.sleep(1e-14);
  })();
  await clock.advance(5);
  expect(turns).toBe(1);
});

test("a jump of the wall clock wakes nobody and leaves monotonic time alone", async () => {
  const clock = createTestClock(0);
  let awake = false;
  void clock.sleep(1_000).then(() => (awake = true));
  clock.set(86_400_000);
  await clock.advance(999);
  expect([clock.now(), clock.monotonic(), awake]).toEqual([86_400_999, 999, false]);
});

test("an aborted sleep resolves early", async () => {
  const clock = createTestClock(0);
  const stop = new AbortController();
  const sleep = clock.sleep(1_000, stop.signal);
  stop.abort();
  await sleep;
  await clock.sleep(1_000, stop.signal);
  expect(clock.monotonic()).toBe(0);
});
