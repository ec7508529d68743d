import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestClock } from "../clock/index.ts";
import { type Documents, openDocuments } from "../documents/index.ts";
import { createLeases, leaseCollection } from "../leases/index.ts";
import { createLog } from "../log/index.ts";
import { createMetrics } from "../metrics/index.ts";
import { type Chores, createChores } from "./index.ts";

let documents: Documents;
let clock: ReturnType<typeof createTestClock>;
let chores: Chores;
const log = createLog({ level: "silent", name: "test" });

function choresOf(holder: string, metrics = createMetrics()): Chores {
  return createChores({
    clock,
    log,
    metrics,
    leases: createLeases({ documents, clock }, { holder }),
  });
}
const statusOf = (name: string, of = chores) => of.status().find((status) => status.name === name);

beforeEach(async () => {
  clock = createTestClock(1_000_000);
  documents = await openDocuments({ engine: "sqlite", path: ":memory:" }, [leaseCollection]);
  chores = choresOf("a");
});
afterEach(async () => {
  await chores[Symbol.asyncDispose]();
  await documents[Symbol.asyncDispose]();
});

test("runs at start and then every period, counted from start to start", async () => {
  const runs: number[] = [];
  chores.define({
    name: "sweep",
    periodMs: 10_000,
    timeoutMs: 60_000,
    run: async () => {
      runs.push(clock.monotonic());
      await clock.sleep(3_000);
    },
  });
  chores.start();
  await clock.advance(25_000);
  expect(runs).toEqual([0, 10_000, 20_000]);
  expect(statusOf("sweep")).toMatchObject({
    runs: 3,
    failures: 0,
    lastDurationMs: 3_000,
    state: "idle",
  });
});

test("jitter adds to the wait and no more than it says", async () => {
  const runs: number[] = [];
  const jittery = createChores({ clock, log, metrics: createMetrics(), random: () => 0.5 });
  jittery.define({
    name: "sweep",
    periodMs: 10_000,
    jitterMs: 4_000,
    timeoutMs: 1_000,
    run: async () => void runs.push(clock.monotonic()),
  });
  jittery.start();
  await clock.advance(30_000);
  await jittery[Symbol.asyncDispose]();
  expect(runs).toEqual([2_000, 14_000, 26_000]);
});

test("a due chore follows the wall clock, also when that jumps", async () => {
  const runs: number[] = [];
  chores.define({
    name: "seal",
    due: (afterMs) => (Math.floor(afterMs / 120_000) + 1) * 120_000,
    timeoutMs: 1_000,
    run: async () => void runs.push(clock.now()),
  });
  chores.start();
  await clock.advance(100_000);
  expect(runs).toEqual([1_000_000, 1_080_000]);
  clock.set(7_205_000);
  await clock.advance(1_000);
  expect(runs.at(-1)).toBeLessThanOrEqual(7_206_000);
  expect(runs).toHaveLength(3);
  clock.set(3_605_000);
  await clock.advance(120_000);
  expect(runs.slice(3)).toEqual([3_720_000]);
});

test("a failure is counted, tried again soon and forgotten after a success", async () => {
  let broken = true;
  const runs: number[] = [];
  chores.define({
    name: "pay",
    periodMs: 3_600_000,
    timeoutMs: 1_000,
    run: async () => {
      runs.push(clock.monotonic());
      if (broken) throw new Error("chain away");
    },
  });
  chores.start();
  await clock.advance(3_500);
  expect(runs).toEqual([0, 1_000, 3_000]);
  expect(statusOf("pay")).toMatchObject({
    failures: 3,
    lastError: "chain away",
    lastSuccessMs: null,
  });
  broken = false;
  await clock.advance(4_000);
  expect(statusOf("pay")).toMatchObject({ failures: 0, lastError: null, lastSuccessMs: 1_007_000 });
  await clock.advance(3_000_000);
  expect(runs).toHaveLength(4);
});

test("a run that outlives its limit fails at that moment and is never doubled", async () => {
  let running = 0;
  let most = 0;
  const stuck = Promise.withResolvers<void>();
  chores.define({
    name: "deaf",
    periodMs: 1_000,
    timeoutMs: 5_000,
    run: async () => {
      most = Math.max(most, (running += 1));
      await stuck.promise;
      running -= 1;
    },
  });
  chores.start();
  await clock.advance(5_000);
  expect(statusOf("deaf")).toMatchObject({ state: "running", failures: 1, runs: 1 });
  await clock.advance(60_000);
  expect(statusOf("deaf")).toMatchObject({ failures: 1, runs: 1 });
  stuck.resolve();
  await clock.advance(0);
  expect([most, statusOf("deaf")?.runs]).toEqual([1, 2]);
});

test("runNow wakes the chore and resolves after a run that began later", async () => {
  let runs = 0;
  chores.define({
    name: "settle",
    periodMs: 86_400_000,
    timeoutMs: 1_000,
    run: async () => void (runs += 1),
  });
  await expect(chores.runNow("settle")).rejects.toThrow(/not started/);
  chores.start();
  await clock.advance(0);
  await chores.runNow("settle");
  expect(runs).toBe(2);
  await expect(chores.runNow("settled")).rejects.toThrow('No chore is called "settled"');
});

test("runNow during a run waits for the next one", async () => {
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let runs = 0;
  chores.define({
    name: "settle",
    periodMs: 86_400_000,
    timeoutMs: 100_000,
    run: async () => gates[runs++]?.promise,
  });
  chores.start();
  await clock.advance(0);
  let answered = false;
  const asked = chores.runNow("settle").then(() => (answered = true));
  gates[0]?.resolve();
  await clock.advance(0);
  expect([runs, answered]).toEqual([2, false]);
  gates[1]?.resolve();
  await asked;
});

test("one replica runs a leased chore; another takes over when it stops or falls silent", async () => {
  const ran: string[] = [];
  const define = (of: Chores, holder: string) =>
    of.define({
      name: "payer",
      periodMs: 10_000,
      timeoutMs: 5_000,
      lease: true,
      run: async (_, lease) => void ran.push(`${holder}${lease.token}`),
    });
  const other = choresOf("b");
  define(chores, "a");
  define(other, "b");
  chores.start();
  await clock.advance(0);
  other.start();
  await clock.advance(60_000);
  expect(new Set(ran)).toEqual(new Set(["a1"]));
  expect(statusOf("payer", other)).toMatchObject({ state: "waiting", runs: 0 });
  await chores[Symbol.asyncDispose]();
  await clock.advance(10_000);
  expect(ran.at(-1)).toBe("b2");
  await other[Symbol.asyncDispose]();
});

test("losing the lease stops the run", async () => {
  let stopped: unknown = null;
  chores.define({
    name: "payer",
    periodMs: 10_000,
    timeoutMs: 600_000,
    lease: true,
    run: async (signal) => {
      await clock.sleep(500_000, signal);
      stopped = signal.reason;
      signal.throwIfAborted();
    },
  });
  chores.start();
  await clock.advance(0);
  const leases = documents.collection(leaseCollection);
  await leases.update("payer", { holder: "thief", token: 2 }, { expect: { holder: "a" } });
  await clock.advance(5_000);
  expect(String(stopped)).toContain("thief has it with token 2");
  expect(statusOf("payer")).toMatchObject({ failures: 1 });
});

test("stopping ends what listens, parks it without a failure, and gives the lease back", async () => {
  chores.define({
    name: "payer",
    periodMs: 10_000,
    timeoutMs: 600_000,
    lease: true,
    run: async (signal) => {
      await clock.sleep(500_000, signal);
      signal.throwIfAborted();
    },
  });
  chores.start();
  await clock.advance(0);
  await chores[Symbol.asyncDispose]();
  expect(statusOf("payer")).toMatchObject({ state: "stopped", failures: 0 });
  expect(await documents.collection(leaseCollection).get("payer")).toMatchObject({ holder: null });
});

test("stopping does not wait for a run that does not listen longer than 10 s, and its lease stays taken", async () => {
  const stuck = Promise.withResolvers<void>();
  chores.define({
    name: "payer",
    periodMs: 1_000,
    timeoutMs: 600_000,
    lease: true,
    run: () => stuck.promise,
  });
  chores.start();
  await clock.advance(0);
  let disposed = false;
  const disposal = Promise.resolve(chores[Symbol.asyncDispose]()).then(() => (disposed = true));
  await clock.advance(9_999);
  expect(disposed).toBe(false);
  await clock.advance(1);
  await disposal;
  expect(await documents.collection(leaseCollection).get("payer")).toMatchObject({ holder: "a" });
  stuck.resolve();
});

test("a due function that throws is a failure, not a busy loop or an unhandled rejection", async () => {
  let asked = 0;
  const due = () => {
    asked += 1;
    throw new Error("no such epoch");
  };
  chores.define({ name: "settle", due, timeoutMs: 1_000, run: async () => undefined });
  chores.start();
  await clock.advance(10_000);
  expect(asked).toBeLessThan(30);
  expect(statusOf("settle")?.lastError).toBe("no such epoch");
});

test("metrics tell runs by outcome and the last success", async () => {
  const metrics = createMetrics();
  const observed = choresOf("c", metrics);
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
  await clock.advance(600);
  const text = await metrics.registry.metrics();
  await observed[Symbol.asyncDispose]();
  expect(text).toContain('lucid_chore_runs_total{chore="good",outcome="done"} 1');
  expect(text).toContain('lucid_chore_runs_total{chore="bad",outcome="failed"} 2');
  expect(text).toContain('lucid_chore_last_success_timestamp_seconds{chore="good"} 1000');
  expect(text).toContain('lucid_chore_failures{chore="bad"} 2');
});
