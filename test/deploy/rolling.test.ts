import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Client } from "@lucid/api/client";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { findFreePort } from "../../packages/cli/src/programs/free-port.ts";
import { hasRedis, startRedis } from "../../packages/platform/src/cache/testing/server.ts";
import { serverUri } from "../../packages/platform/src/documents/mongodb/testing/server-uri.ts";
import { repository } from "../e2e/lucid.ts";
import { createReplicaWorld } from "../replicas/world.ts";
import { hasProxy, startProxy } from "./proxy.ts";

const timeout = 180_000;
const text = readFileSync(join(repository, "deploy/compose.yaml"), "utf8");
const { services } = parse(text, { merge: true }) as {
  services: Record<string, { command: string[]; environment: Record<string, string> }>;
};

/** What the two replicas and Redis are told by the file. */
const drainSeconds = services["node-management-1"]?.environment["DRAIN_SECONDS"] ?? "";
const redisSettings = services["redis"]?.command.slice(
  services["redis"].command.indexOf("--maxmemory"),
);

/** Asks all the time, several at once; says how often it was answered. */
const ask = (client: Client, signal: AbortSignal): Promise<number[]> =>
  Promise.all(
    [1, 2, 3, 4].map(async () => {
      let answered = 0;
      for (; !signal.aborted; answered++) {
        await client.call("getNetwork");
        await wait(5);
      }
      return answered;
    }),
  );

test.skipIf(!hasProxy || !hasRedis || serverUri === null)(
  "the cluster's replicas are restarted one after the other behind its proxy, and no request is lost",
  { timeout },
  async () => {
    const one = await findFreePort(28_100);
    const two = await findFreePort(one + 1);
    const api = await findFreePort(two + 1);
    await using redis = await startRedis(redisSettings);
    await using world = await createReplicaWorld(serverUri ?? "", {
      balance: () => startProxy({ api, replicas: [one, two] }),
    });
    const begin = (port: number) =>
      world.start({
        NODE_MANAGEMENT_PORT: `${port}`,
        DRAIN_SECONDS: drainSeconds,
        REDIS_URL: redis.url,
        TRUST_PROXY: "true",
      });
    const running = [await begin(one), await begin(two)];
    await world.populate();
    const stop = new AbortController();
    const asking = ask(world.client, stop.signal);
    for (const [index, port] of [one, two].entries()) {
      await world.stop(running[index]!);
      await begin(port);
    }
    stop.abort();
    const answered = (await asking).reduce((sum, count) => sum + count, 0);
    console.log(`rolling restart: ${world.balancer.failures.length} of ${answered} requests lost`);
    expect(world.balancer.failures).toEqual([]);
    expect(await world.rest()).toEqual([]);
  },
);
