import { setTimeout as wait } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { systemClock as clock } from "../clock/index.ts";
import { createLog } from "../log/index.ts";
import { createMetrics } from "../metrics/index.ts";
import { describeCache } from "./compliance/index.ts";
import { type Cache, openCache } from "./index.ts";
import { hasRedis, startRedis } from "./testing/server.ts";

const log = createLog({ level: "silent", name: "test" });
const open = (url: string, metrics = createMetrics()): Promise<Cache> =>
  openCache({ clock, log, metrics }, { url, prefix: "lucid-test" });
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await wait(10);
};

describe.skipIf(!hasRedis)("on Redis", () => {
  const given = process.env["REDIS_URL"];
  const opened: Cache[] = [];
  const server = given === undefined && hasRedis ? startRedis() : null;
  afterAll(async () => {
    for (const cache of opened) await cache[Symbol.asyncDispose]();
    await (await server)?.[Symbol.asyncDispose]();
  });

  describeCache("redis", async () => ({
    open: async () => {
      const cache = await open(given ?? (await server)?.url ?? "");
      opened.push(cache);
      return cache;
    },
    pass: (ms) => wait(ms),
  }));

  it("goes on alone while Redis is killed, and together again when it is back", async () => {
    await using redis = await startRedis();
    const metrics = createMetrics();
    await using one = await open(redis.url, metrics);
    await using two = await open(redis.url);
    const heard: string[] = [];
    await one.subscribe("news", (message) => heard.push(`one ${message}`));
    await two.subscribe("news", (message) => heard.push(`two ${message}`));
    const windowMs = 60_000;
    await one.count("n", 5, { windowMs });
    expect(await two.count("n", 1, { windowMs })).toMatchObject({ sum: 6 });

    await redis.kill();
    await until(() => !one.state().isShared && !two.state().isShared);
    expect(one.state().detail).toMatch(/^degraded: Redis is away/);
    expect(await one.count("n", 1, { windowMs })).toMatchObject({ sum: 1 });
    await one.set("k", "mine", { expireMs: windowMs });
    expect(await one.get("k")).toBe("mine");
    expect(await two.get("k")).toBeNull();
    one.publish("news", "while away");
    expect(heard).toEqual(["one while away"]);
    expect(await metrics.registry.metrics()).toContain("lucid_cache_connected 0");

    await redis.start();
    await until(() => one.state().isShared && two.state().isShared);
    await one.count("m", 5, { windowMs });
    expect(await two.count("m", 1, { windowMs })).toMatchObject({ sum: 6 });
    while (!heard.includes("one again")) {
      two.publish("news", "again");
      await wait(10);
    }
    expect(await metrics.registry.metrics()).toContain("lucid_cache_connected 1");
    expect(await metrics.registry.metrics()).toContain("lucid_cache_lost_total 1");
  });

  it("starts while Redis is away, and finds it later", async () => {
    await using redis = await startRedis();
    await redis.kill();
    await using one = await open(redis.url);
    expect(one.state().isShared).toBe(false);
    const heard: string[] = [];
    await one.subscribe("news", (message) => heard.push(message));
    await redis.start();
    await using two = await open(redis.url);
    await until(() => one.state().isShared && two.state().isShared);
    while (heard.length === 0) {
      two.publish("news", "there");
      await wait(10);
    }
  });

  it("goes on alone while Redis hangs, says so, and hears others again when it wakes", async () => {
    await using redis = await startRedis();
    const metrics = createMetrics();
    await using one = await open(redis.url, metrics);
    await using two = await open(redis.url);
    const heard: string[] = [];
    await one.subscribe("news", (message) => heard.push(message));
    redis.signal("SIGSTOP");
    // Nobody asks it for anything meanwhile.
    await until(() => !one.state().isShared && !two.state().isShared);
    expect(await metrics.registry.metrics()).toContain("lucid_cache_connected 0");
    expect(await one.count("n", 1, { windowMs: 60_000 })).toMatchObject({ sum: 1 });
    redis.signal("SIGCONT");
    await until(() => one.state().isShared && two.state().isShared);
    while (heard.length === 0) {
      two.publish("news", "awake");
      await wait(10);
    }
  });

  it("goes on alone beside a Redis that is there and refuses to write, and says why", async () => {
    await using redis = await startRedis(["--maxmemory", "1", "--maxmemory-policy", "noeviction"]);
    await using cache = await open(redis.url);
    expect(cache.state().isShared).toBe(true);
    expect(await cache.count("n", 2, { windowMs: 60_000 })).toMatchObject({ sum: 2 });
    expect(cache.state()).toMatchObject({
      isShared: false,
      detail: expect.stringMatching(/^degraded: Redis is away \(.*OOM/) as unknown,
    });
  });

  it("counts with the others and says why it does not hear them where its user may not listen", async () => {
    const user = ["half", "on", ">pass", "~*", "+@all", "resetchannels"];
    await using redis = await startRedis(["--user", ...user]);
    const metrics = createMetrics();
    await using cache = await open(redis.url.replace("redis://", "redis://half:pass@"), metrics);
    await cache.subscribe("news", () => expect.unreachable());
    for (let sum = 1; sum <= 20; sum++) {
      expect(await cache.count("n", 1, { windowMs: 60_000 })).toMatchObject({ sum });
      await wait(10); // as long as a lost connection takes to come back
    }
    expect(cache.state()).toMatchObject({
      isShared: false,
      detail: expect.stringMatching(/listening to lucid-test:\*: NOPERM/) as unknown,
    });
    expect(await metrics.registry.metrics()).toContain("lucid_cache_lost_total 1");
  });

  it("refuses a password that Redis refuses, without showing it", async () => {
    await using redis = await startRedis(["--requirepass", "right"]);
    const wrong = redis.url.replace("redis://", "redis://:verywrong@");
    await expect(open(wrong)).rejects.toMatchObject({ code: "cache.refused" });
    await expect(open(wrong)).rejects.not.toThrow(/verywrong/);
    await using cache = await open(redis.url.replace("redis://", "redis://:right@"));
    expect(cache.state().isShared).toBe(true);
  });
});
