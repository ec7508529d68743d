import { expect, test } from "vitest";
import { createMetrics } from "../metrics/index.ts";
import { createChores } from "./index.ts";
import { log, statusOf, useChores } from "./testing/fixture.ts";

const at = useChores();

test("runs at start and then every period, counted from start to start", async () => {
  const runs: number[] = [];
  at.chores.define({
    name: "sweep",
    periodMs: 10_000,
    timeoutMs: 60_000,
    run: async () => {
      runs.push(at.clock.monotonic());
      await at.clock.sleep(3_000);
    },
  });
  at.chores.start();
  await at.clock.advance(25_000);
  expect(runs).toEqual([0, 10_000, 20_000]);
  expect(statusOf(at.chores, "sweep")).toMatchObject({
    runs: 3,
    failures: 0,
    lastDurationMs: 3_000,
    state: "idle",
  });
});

test("jitter adds to the wait and no more than it says", async () => {
  const runs: number[] = [];
  const jittery = createChores({
    clock: at.clock,
    log,
    metrics: createMetrics(),
    random: () => 0.5,
  });
  jittery.define({
    name: "sweep",
    periodMs: 10_000,
    jitterMs: 4_000,
    timeoutMs: 1_000,
    run: async () => void runs.push(at.clock.monotonic()),
  });
  jittery.start();
  await at.clock.advance(30_000);
  await jittery[Symbol.asyncDispose]();
  expect(runs).toEqual([2_000, 14_000, 26_000]);
});

test("a due chore follows the wall clock, also when that jumps", async () => {
  const runs: number[] = [];
  at.chores.define({
    name: "seal",
    due: (afterMs) => (Math.floor(afterMs / 120_000) + 1) * 120_000,
    timeoutMs: 1_000,
    run: async () => void runs.push(at.clock.now()),
  });
  at.chores.start();
  await at.clock.advance(100_000);
  expect(runs).toEqual([1_000_000, 1_080_000]);
  at.clock.set(7_205_000);
  await at.clock.advance(1_000);
  expect(runs.at(-1)).toBeLessThanOrEqual(7_206_000);
  expect(runs).toHaveLength(3);
  at.clock.set(3_605_000);
  await at.clock.advance(120_000);
  expect(runs.slice(3)).toEqual([3_720_000]);
});

test("a failure is counted, tried again soon and forgotten after a success", async () => {
  let broken = true;
  const runs: number[] = [];
  at.chores.define({
    name: "pay",
    periodMs: 3_600_000,
    timeoutMs: 1_000,
    run: async () => {
      runs.push(at.clock.monotonic());
      if (broken) throw new Error("chain away");
    },
  });
  at.chores.start();
  await at.clock.advance(3_500);
  expect(runs).toEqual([0, 1_000, 3_000]);
  expect(statusOf(at.chores, "pay")).toMatchObject({
    failures: 3,
    lastError: "chain away",
    lastSuccessMs: null,
  });
  broken = false;
  await at.clock.advance(4_000);
  expect(statusOf(at.chores, "pay")).toMatchObject({
    failures: 0,
    lastError: null,
    lastSuccessMs: 1_007_000,
  });
  await at.clock.advance(3_000_000);
  expect(runs).toHaveLength(4);
});

test("a run that outlives its limit fails at that moment and is never doubled", async () => {
  let running = 0;
  let most = 0;
  const stuck = Promise.withResolvers<void>();
  at.chores.define({
    name: "deaf",
    periodMs: 1_000,
    timeoutMs: 5_000,
    run: async () => {
      most = Math.max(most, (running += 1));
      await stuck.promise;
      running -= 1;
    },
  });
  at.chores.start();
  await at.clock.advance(5_000);
  expect(statusOf(at.chores, "deaf")).toMatchObject({ state: "running", failures: 1, runs: 1 });
  await at.clock.advance(60_000);
  expect(statusOf(at.chores, "deaf")).toMatchObject({ failures: 1, runs: 1 });
  stuck.resolve();
  await at.clock.advance(0);
  expect([most, statusOf(at.chores, "deaf")?.runs]).toEqual([1, 2]);
});

test("runNow wakes the chore and resolves after a run that began later", async () => {
  let runs = 0;
  at.chores.define({
    name: "settle",
    periodMs: 86_400_000,
    timeoutMs: 1_000,
    run: async () => void (runs += 1),
  });
  await expect(at.chores.runNow("settle")).rejects.toThrow(/not started/);
  at.chores.start();
  await at.clock.advance(0);
  await at.chores.runNow("settle");
  expect(runs).toBe(2);
  await expect(at.chores.runNow("settled")).rejects.toThrow('No chore is called "settled"');
});

test("runNow during a run waits for the next one", async () => {
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let runs = 0;
  at.chores.define({
    name: "settle",
    periodMs: 86_400_000,
    timeoutMs: 100_000,
    run: async () => gates[runs++]?.promise,
  });
  at.chores.start();
  await at.clock.advance(0);
  let answered = false;
  const asked = at.chores.runNow("settle").then(() => (answered = true));
  gates[0]?.resolve();
  await at.clock.advance(0);
  expect([runs, answered]).toEqual([2, false]);
  gates[1]?.resolve();
  await asked;
});

test("a due function that throws is a failure, not a busy loop or an unhandled rejection", async () => {
  let asked = 0;
  const due = () => {
    asked += 1;
    throw new Error("no such epoch");
  };
  at.chores.define({ name: "settle", due, timeoutMs: 1_000, run: async () => undefined });
  at.chores.start();
  await at.clock.advance(10_000);
  expect(asked).toBeLessThan(30);
  expect(statusOf(at.chores, "settle")?.lastError).toBe("no such epoch");
});

test("metrics tell runs by outcome and the last success", async () => {
  const metrics = createMetrics();
  const observed = at.choresOf("c", metrics);
  observed.define({
    name: "good",
    periodMs: 1_000_000,
    timeoutMs: 1_000,
    run: async () => undefined,
  });
  observed.define({
    name: "bad",
    periodMs: 500,
    timeoutMs: 1_000,
    run: () => Promise.reject(new Error("no")),
  });
  observed.start();
  await at.clock.advance(600);
  const text = await metrics.registry.metrics();
  await observed[Symbol.asyncDispose]();
  expect(text).toContain('lucid_chore_runs_total{chore="good",outcome="done"} 1');
  expect(text).toContain('lucid_chore_runs_total{chore="bad",outcome="failed"} 2');
  expect(text).toContain('lucid_chore_last_success_timestamp_seconds{chore="good"} 1000');
  expect(text).toContain('lucid_chore_failures{chore="bad"} 2');
});
