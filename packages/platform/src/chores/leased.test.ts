import { expect, test } from "vitest";
import { leaseCollection } from "../leases/index.ts";
import type { Chores } from "./index.ts";
import { statusOf, useChores } from "./testing/fixture.ts";

const at = useChores();

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
  const other = at.choresOf("b");
  define(at.chores, "a");
  define(other, "b");
  at.chores.start();
  await at.clock.advance(0);
  other.start();
  await at.clock.advance(60_000);
  expect(new Set(ran)).toEqual(new Set(["a1"]));
  expect(statusOf(other, "payer")).toMatchObject({ state: "waiting", runs: 0 });
  await at.chores[Symbol.asyncDispose]();
  await at.clock.advance(10_000);
  expect(ran.at(-1)).toBe("b2");
  await other[Symbol.asyncDispose]();
});

test("losing the lease stops the run", async () => {
  let stopped: unknown = null;
  at.chores.define({
    name: "payer",
    periodMs: 10_000,
    timeoutMs: 600_000,
    lease: true,
    run: async (signal) => {
      await at.clock.sleep(500_000, signal);
      stopped = signal.reason;
      signal.throwIfAborted();
    },
  });
  at.chores.start();
  await at.clock.advance(0);
  const leases = at.documents.collection(leaseCollection);
  await leases.update("payer", { holder: "thief", token: 2 }, { expect: { holder: "a" } });
  await at.clock.advance(5_000);
  expect(String(stopped)).toContain("thief has it with token 2");
  expect(statusOf(at.chores, "payer")).toMatchObject({ failures: 1 });
});

test("whoever lost the lease looks out for it, however long it is until the next run", async () => {
  const tokens: number[] = [];
  at.chores.define({
    name: "payer",
    periodMs: 86_400_000,
    timeoutMs: 5_000,
    lease: true,
    run: async (_, { token }) => void tokens.push(token),
  });
  at.chores.start();
  await at.clock.advance(0);
  const leases = at.documents.collection(leaseCollection);
  await leases.update("payer", { holder: "thief", token: 2 }, { expect: { holder: "a" } });
  await at.clock.advance(10_000);
  expect(statusOf(at.chores, "payer")).toMatchObject({ state: "waiting" });
  await at.clock.advance(25_000);
  expect(tokens).toEqual([1, 3]);
});

test("stopping ends what listens, parks it without a failure, and gives the lease back", async () => {
  at.chores.define({
    name: "payer",
    periodMs: 10_000,
    timeoutMs: 600_000,
    lease: true,
    run: async (signal) => {
      await at.clock.sleep(500_000, signal);
      signal.throwIfAborted();
    },
  });
  at.chores.start();
  await at.clock.advance(0);
  await at.chores[Symbol.asyncDispose]();
  expect(statusOf(at.chores, "payer")).toMatchObject({ state: "stopped", failures: 0 });
  expect(await at.documents.collection(leaseCollection).get("payer")).toMatchObject({
    holder: null,
  });
});

test("stopping does not wait for a run that does not listen longer than 10 s, and its lease stays taken", async () => {
  const stuck = Promise.withResolvers<void>();
  at.chores.define({
    name: "payer",
    periodMs: 1_000,
    timeoutMs: 600_000,
    lease: true,
    run: () => stuck.promise,
  });
  at.chores.start();
  await at.clock.advance(0);
  let disposed = false;
  const disposal = Promise.resolve(at.chores[Symbol.asyncDispose]()).then(() => (disposed = true));
  await at.clock.advance(9_999);
  expect(disposed).toBe(false);
  await at.clock.advance(1);
  await disposal;
  expect(await at.documents.collection(leaseCollection).get("payer")).toMatchObject({
    holder: "a",
  });
  stuck.resolve();
});
