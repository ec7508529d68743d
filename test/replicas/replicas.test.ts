import { setTimeout as wait } from "node:timers/promises";
import type { ServiceProcess } from "@lucid/platform/program/testing";
import { describe, expect, test } from "vitest";
import {
  serverUri,
  withDatabase,
} from "../../packages/platform/src/documents/mongodb/testing/server.ts";
import { layCable } from "./cable.ts";
import { createReplicaWorld, type ReplicaWorld } from "./world.ts";

const timeout = 85_000;
const slotMs = 2000;

if (serverUri === null)
  console.log("replicas: skipped, MONGODB_URI points to no server of MongoDB's protocol");

/** Resolves once every lease is held by somebody else than before; tells after how many ms. */
const moved = async (world: ReplicaWorld, before: Map<string, string | null>): Promise<number> => {
  const startedMs = performance.now();
  for (;;) {
    const now = await world.leases();
    const isMoved = [...before].every(([name, holder]) => {
      const other = now.get(name) ?? null;
      return other !== null && other !== holder;
    });
    if (isMoved) return performance.now() - startedMs;
    await wait(250);
  }
};

/** One replica that holds every lease, another one, and nodes that talk to both. */
const scene = async (world: ReplicaWorld, settings?: Record<string, string>) => {
  const first = await world.start(settings);
  while ((await world.leases()).size < 4) await wait(100);
  const second = await world.start();
  await world.populate();
  await wait(2 * slotMs);
  return { first, second, leases: await world.leases() };
};

const freeze = ({ pid }: ServiceProcess) => process.kill(pid, "SIGSTOP");
const thaw = ({ pid }: ServiceProcess) => process.kill(pid, "SIGCONT");

describe.skipIf(serverUri === null).concurrent("two replicas on one database", () => {
  const uri = serverUri ?? "";

  test("one that is killed is replaced", { timeout }, async () => {
    await using world = await createReplicaWorld(uri);
    const { first, leases } = await scene(world);
    first.signal("SIGKILL");
    await first.exit;
    world.forget(first);
    console.log(`killed: every lease moved within ${await moved(world, leases)} ms`);
    await wait(2 * slotMs);
    expect(await world.rest()).toEqual([]);
  });

  test("one that hangs is replaced, and does no harm when it comes back", { timeout }, async () => {
    await using world = await createReplicaWorld(uri);
    const { first, leases } = await scene(world);
    freeze(first);
    console.log(`hanging: every lease moved within ${await moved(world, leases)} ms`);
    thaw(first);
    await world.balancer.ready(2);
    await wait(2 * slotMs);
    expect(await world.rest()).toEqual([]);
  });

  test("one that loses its store is replaced, and comes back with it", { timeout }, async () => {
    await using cable = await layCable(new URL(uri).host);
    await using world = await createReplicaWorld(uri);
    const name = new URL(world.databaseUri).pathname.slice(1);
    const settings = { MONGODB_URI: withDatabase(uri, name, cable.address) };
    const { leases } = await scene(world, settings);
    cable.cut();
    console.log(`cut off: every lease moved within ${await moved(world, leases)} ms`);
    cable.mend();
    await world.balancer.ready(2);
    await wait(2 * slotMs);
    expect(await world.rest()).toEqual([]);
  });

  test("a rolling restart loses no request", { timeout }, async () => {
    await using world = await createReplicaWorld(uri);
    const draining = { DRAIN_SECONDS: "2" };
    let replicas = [await world.start(draining), await world.start(draining)];
    await world.populate();
    await wait(slotMs);
    const failed = world.balancer.failures.length;
    for (const old of replicas) {
      replicas = [...replicas, await world.start(draining)];
      old.signal("SIGTERM");
      expect(await old.exit).toBe(0);
      world.forget(old);
    }
    await wait(slotMs);
    expect(world.balancer.failures.slice(failed)).toEqual([]);
    expect(await world.rest()).toEqual([]);
  });
});
