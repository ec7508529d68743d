import type { NetworkEvent } from "@lucid/api";
import { createTestClock } from "@lucid/platform/clock";
import { openDocuments } from "@lucid/platform/documents";
import { createEvents } from "@lucid/platform/events";
import { createMetrics } from "@lucid/platform/metrics";
import { slotStart } from "@lucid/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testNetwork, testPolicy } from "../testing/index.ts";
import type { Sample } from "./contract.ts";
import { createAlertsChore, createResources, resourcesCollections } from "./index.ts";

const network = testNetwork();
const dayMs = 86_400_000;
const node = `node_${"a".repeat(32)}`;

const setUp = async () => {
  const clock = createTestClock(slotStart(network.genesis, 10_000_000));
  const documents = await openDocuments({ engine: "sqlite", path: ":memory:" }, [
    ...resourcesCollections,
  ]);
  const policy = testPolicy(network);
  const retention = { ...policy.retention, resource_samples_epochs: 10_000_000 };
  const policies = { forEpoch: () => ({ ...policy, retention }) };
  const events = createEvents<NetworkEvent>();
  const told: NetworkEvent[] = [];
  events.subscribe((event) => void told.push(event));
  const start = (metrics = createMetrics()) =>
    createResources({ documents, network, clock, policies, events, metrics });
  const metrics = createMetrics();
  return { clock, documents, metrics, told, start, resources: start(metrics) };
};

let world: Awaited<ReturnType<typeof setUp>>;
beforeEach(async () => {
  world = await setUp();
});
afterEach(() => world.documents[Symbol.asyncDispose]());

const sampleAt = (ms: number, cpu_bp?: number): Sample => ({
  at: new Date(ms).toISOString(),
  ...(cpu_bp !== undefined && { cpu_bp }),
});

describe("resources", () => {
  it("keep each sample once, however often and in whatever order it is sent", async () => {
    const { clock, resources } = world;
    const now = clock.now();
    const samples = [30, 20, 10, 0].map((ago) => sampleAt(now - ago * 1000, ago * 100));
    expect(await resources.store(node, samples.toReversed())).toEqual({ stored: 4, ignored: 0 });
    expect(await resources.store(node, samples)).toEqual({ stored: 0, ignored: 4 });
    const tooOld = sampleAt(now - dayMs - 1, 1);
    const tooNew = sampleAt(now + 60_001, 1);
    expect(await resources.store(node, [tooOld, tooNew])).toEqual({ stored: 0, ignored: 2 });
    const { points, latest } = await resources.series(node, 3_600_000, 3_600_000);
    const count = points.reduce((sum, { rollUp }) => sum + (rollUp.cpu_bp?.count ?? 0), 0);
    expect(count).toBe(4);
    expect(latest).toEqual(samples.at(-1));
  });

  it("lose none of two batches that are stored at once", async () => {
    const { clock, resources, start } = world;
    const now = clock.now();
    const others = Array.from({ length: 8 }, (_, i) => i);
    await Promise.all(
      others.map((i) =>
        (i % 2 === 0 ? resources : start()).store(node, [sampleAt(now - i * 1000, i)]),
      ),
    );
    const { points } = await resources.series(node, 3_600_000, 60_000);
    const sum = points.reduce((total, { rollUp }) => total + (rollUp.cpu_bp?.sum ?? 0), 0);
    expect(sum).toBe(28);
  });

  it("raise and resolve alerts by their thresholds, also over a restart; what is unknown raises none", async () => {
    const { clock, metrics, resources, start, told } = world;
    expect(await resources.thresholds(node)).toMatchObject({ cpu_bp: 8000, disk_bp: 8500 });
    await resources.setThresholds(node, { cpu_bp: 5000, for_seconds: 60 });
    const feed = async (service: typeof resources, cpu: number | undefined) => {
      await clock.advance(30_000);
      await service.store(node, [sampleAt(clock.now(), cpu)]);
    };
    for (const cpu of [6000, undefined, 6000]) await feed(resources, cpu);
    expect(await resources.alerts(node)).toMatchObject([{ metric: "cpu", threshold: 5000 }]);
    const active = async () => (await resources.activeAlerts({})).items;
    expect(await active()).toMatchObject([{ nodeId: node, alerts: [{ metric: "cpu" }] }]);
    const again = start();
    for (const cpu of [9000, 4600, 4400, 4400, 4400]) await feed(again, cpu);
    expect(await again.alerts(node)).toMatchObject([
      { metric: "cpu", peak: 9000, resolved_at: clock.now() },
    ]);
    expect(await active()).toEqual([]);
    const news = { type: "alert", node_id: node, metric: "cpu" };
    expect(told).toEqual([
      { ...news, state: "active" },
      { ...news, state: "resolved" },
    ]);
    expect(await metrics.registry.metrics()).toContain(
      'lucid_resource_alerts_total{metric="cpu",state="active"} 1',
    );
  });

  it("tell no alert of a node that is silent for a day", async () => {
    const { clock, resources } = world;
    await resources.setThresholds(node, { cpu_bp: 5000, for_seconds: 0 });
    await resources.store(node, [sampleAt(clock.now(), 6000)]);
    expect((await resources.activeAlerts({})).total).toBe(1);
    await clock.advance(dayMs);
    expect((await resources.activeAlerts({})).total).toBe(0);
  });

  it("show in the metrics how many are active, however many nodes have one", async () => {
    const { clock, metrics, resources } = world;
    const chore = createAlertsChore({ resources, metrics });
    const shown = async (): Promise<string[]> => {
      if (chore.lease === true) throw new Error("every replica shows its own figures");
      await chore.run(new AbortController().signal);
      const text = await metrics.registry.metrics();
      return text.split("\n").filter((line) => line.startsWith("lucid_resource_alerts_active{"));
    };
    expect(await shown()).toContain('lucid_resource_alerts_active{metric="cpu"} 0');
    const nodes = Array.from({ length: 101 }, (_, i) => `node_${i}`);
    for (const one of nodes) {
      await resources.setThresholds(one, { for_seconds: 0 });
      await resources.store(one, [sampleAt(clock.now(), 9000)]);
    }
    expect(await shown()).toEqual([
      'lucid_resource_alerts_active{metric="cpu"} 101',
      'lucid_resource_alerts_active{metric="memory"} 0',
      'lucid_resource_alerts_active{metric="disk"} 0',
      'lucid_resource_alerts_active{metric="network"} 0',
    ]);
    await clock.advance(30_000);
    await resources.store("node_7", [sampleAt(clock.now(), 100)]);
    expect((await shown())[0]).toBe('lucid_resource_alerts_active{metric="cpu"} 100');
  });

  it("keep an alert that is active, however many others come and go meanwhile", async () => {
    const { clock, resources } = world;
    await resources.setThresholds(node, { for_seconds: 0 });
    const disk = { used_bytes: 95, total_bytes: 100 };
    for (let times = 0; times < 102; times++)
      for (const cpu_bp of [9000, 100]) {
        await clock.advance(1000);
        await resources.store(node, [{ ...sampleAt(clock.now(), cpu_bp), disk }]);
      }
    const alerts = await resources.alerts(node);
    expect(alerts).toHaveLength(101);
    expect(alerts.at(-1)).toMatchObject({ metric: "disk" });
    expect(alerts.at(-1)?.resolved_at).toBeUndefined();
  });

  it("become sums by the hour, which say the same, and are dropped at last", async () => {
    const { clock, resources } = world;
    const start = Math.ceil(clock.now() / 3_600_000) * 3_600_000;
    await clock.advance(start + 3_600_000 - clock.now());
    const samples = Array.from({ length: 120 }, (_, i) => sampleAt(start + i * 30_000, i));
    await resources.store(node, samples);
    const seen = (): Promise<unknown> =>
      resources.series(node, 10 * dayMs, 3_600_000).then(({ points }) => points);
    const before = await seen();
    expect(before).toMatchObject([{ rollUp: { cpu_bp: { count: 120, sum: 7140 } } }]);
    const { signal } = new AbortController();
    expect(await resources.clear(signal)).toEqual({ rolledUp: 0, dropped: 0 });
    await clock.advance(8 * dayMs + 3_600_000);
    expect(await resources.clear(signal)).toEqual({ rolledUp: 1, dropped: 0 });
    expect(await seen()).toEqual(before);
    await clock.advance(10_000_001 * 15 * network.genesis.slot_ms);
    expect(await resources.clear(signal)).toEqual({ rolledUp: 0, dropped: 1 });
  });
});
