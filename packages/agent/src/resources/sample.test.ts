import { expect, test } from "vitest";
import { createMachine, type Machine } from "./machine.ts";
import { takeSample } from "./sample.ts";

const moment = (atMs: number) => ({ at: new Date(atMs).toISOString(), atMs });
const machine = (changes: Partial<Machine> = {}): Machine => ({
  cpuPercent: async () => 12.345,
  memory: async () => ({ total: 1000, available: 250 }),
  disk: async () => ({ total: 4000, available: 1000 }),
  traffic: async () => ({ name: "eth0", receivedBytes: 5_000_000, sentBytes: 1_000_000 }),
  ...changes,
});

test("percent become basis points, free bytes used ones, and bytes bits per second", async () => {
  const before = { name: "eth0", receivedBytes: 1_250_000, sentBytes: 250_000, atMs: 0 };
  const { sample, counted } = await takeSample(machine(), moment(30_000), before);
  expect(sample).toEqual({
    at: "1970-01-01T00:00:30.000Z",
    cpu_bp: 1235,
    memory: { used_bytes: 750, total_bytes: 1000 },
    disk: { used_bytes: 3000, total_bytes: 4000 },
    network: { received_bps: 1_000_000, sent_bps: 200_000 },
  });
  expect(counted).toMatchObject({ receivedBytes: 5_000_000, atMs: 30_000 });
});

test("what cannot be read is absent, with the reason, and never zero", async () => {
  const broken = machine({
    cpuPercent: async () => Number.NaN,
    memory: () => Promise.reject(new Error(`no\0 /proc ${"x".repeat(190)}😀`)),
    disk: async () => ({ total: 0, available: 0 }),
  });
  const { sample } = await takeSample(broken, moment(0), null);
  expect(Object.keys(sample)).toEqual(["at", "unknown"]);
  expect(sample.unknown?.map(({ metric }) => metric)).toEqual(["cpu", "memory", "disk", "network"]);
  // As text that can be sent: no NUL, no half of a character where it is cut.
  expect(sample.unknown?.[1]?.reason).toBe(`no /proc ${"x".repeat(190)}\ufffd`);
});

test("counters that begin anew, or another interface, give no rate", async () => {
  const before = { name: "eth0", receivedBytes: 9_000_000, sentBytes: 0, atMs: 0 };
  const anew = await takeSample(machine(), moment(1000), before);
  const other = await takeSample(machine(), moment(1000), { ...before, name: "wlan0" });
  expect([anew.sample.network, other.sample.network]).toEqual([undefined, undefined]);
});

test("counts that the system does not give are no rate of 0", async () => {
  const none = { name: "eth0", receivedBytes: null as never, sentBytes: null as never };
  const silent = machine({ traffic: async () => none });
  const first = await takeSample(silent, moment(0), null);
  const { sample } = await takeSample(silent, moment(1000), first.counted);
  expect(sample.network).toBeUndefined();
  expect(sample.unknown?.map(({ reason }) => reason)).toEqual([
    "the system does not say how much passed eth0",
  ]);
});

test("this machine has memory and a disk", async () => {
  const { sample } = await takeSample(createMachine(import.meta.dirname), moment(0), null);
  expect(sample.memory?.total_bytes).toBeGreaterThan(2 ** 20);
  expect(sample.disk?.total_bytes).toBeGreaterThan(2 ** 20);
  expect(sample.unknown?.map(({ metric }) => metric)).toContain("network");
});
