import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { hasRedis, startRedis } from "../../packages/platform/src/cache/testing/server.ts";
import { withDatabase } from "../../packages/platform/src/documents/mongodb/testing/server.ts";
import { serverUri } from "../../packages/platform/src/documents/mongodb/testing/server-uri.ts";
import { layCable } from "./cable.ts";
import { hearNodes } from "./news.ts";
import { createReplicaWorld, type Replica, type ReplicaWorld } from "./world.ts";

/** Far more than it takes, for a machine that does other things. */
const timeout = 240_000;
const slotMs = 2000;

if (serverUri === null)
  console.log("replicas: skipped, MONGODB_URI points to no server of MongoDB's protocol");

/** Resolves once one of the replicas holds the lease of sealing, which the one before gave back. */
const sealerOf = async (world: ReplicaWorld, replicas: readonly Replica[]): Promise<Replica> => {
  for (;;) {
    const holder = (await world.leases()).get("sealing");
    const sealer = replicas.find(({ name }) => name === holder);
    if (sealer !== undefined) return sealer;
    await wait(50);
  }
};

/** Resolves once others hold every lease that a replica held; tells after how many ms. */
const replaced = async (world: ReplicaWorld, { name }: Replica): Promise<number> => {
  const startedMs = performance.now();
  const held = [...(await world.leases())].filter(([, holder]) => holder === name);
  expect(held.map(([lease]) => lease)).toContain("sealing");
  for (;;) {
    const now = await world.leases();
    const isMoved = held.every(([lease]) => ![name, null].includes(now.get(lease) ?? null));
    if (isMoved) return Math.round(performance.now() - startedMs);
    await wait(100);
  }
};

describe.skipIf(serverUri === null).concurrent("two replicas on one database", () => {
  const uri = serverUri ?? "";

  test("one that hangs, or loses its store, is replaced, and comes back", { timeout }, async () => {
    await using world = await createReplicaWorld(uri);
    await using cable = await layCable(new URL(uri).host);
    const database = new URL(world.databaseUri).pathname.slice(1);
    const first = await world.start();
    await sealerOf(world, [first]);
    const second = await world.start({ MONGODB_URI: withDatabase(uri, database, cable.address) });
    await world.populate();
    await wait(slotMs);

    process.kill(first.process.pid, "SIGSTOP");
    console.log(`hanging: every lease moved within ${await replaced(world, first)} ms`);
    process.kill(first.process.pid, "SIGCONT");
    await world.balancer.ready(2);

    cable.cut();
    console.log(`cut off: every lease moved within ${await replaced(world, second)} ms`);
    cable.mend();
    await world.balancer.ready(2);
    await wait(slotMs);
    expect(await world.rest()).toEqual([]);
  });

  test.skipIf(!hasRedis)(
    "a rolling restart and the loss of Redis lose no request; one that is killed is replaced",
    { timeout },
    async () => {
      await using redis = await startRedis();
      await using world = await createReplicaWorld(uri);
      const settings = { DRAIN_SECONDS: "1", REDIS_URL: redis.url };
      const old = [await world.start(settings), await world.start(settings)];
      const news = await Promise.all(old.map(hearNodes));
      const nodes = await world.populate();
      for (const heard of news) await heard.all(nodes);

      const young: Replica[] = [];
      for (const replica of old) {
        young.push(await world.start(settings));
        await world.stop(replica);
        await redis.kill();
      }
      expect(await world.readiness(young[1] as Replica)).toMatch(/degraded: Redis is away/);
      expect(world.balancer.failures).toEqual([]);

      const victim = await sealerOf(world, young);
      await world.kill(victim);
      console.log(`killed: every lease moved within ${await replaced(world, victim)} ms`);
      await wait(slotMs);
      expect(await world.rest()).toEqual([]);
    },
  );
});
