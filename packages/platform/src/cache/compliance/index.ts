import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Cache } from "../port.ts";

export type CacheFixture = {
  /** A cache; those of one fixture share what they keep. */
  open(): Promise<Cache>;
  /** Lets time pass as the cache sees it. */
  pass(ms: number): Promise<void>;
};

/** What every adapter of the cache has to do. */
export const describeCache = (name: string, createFixture: () => Promise<CacheFixture>): void => {
  describe(`${name}: the promises of a cache`, () => {
    const scene = async () => {
      const fixture = await createFixture();
      return { fixture, cache: await fixture.open(), key: randomUUID() };
    };

    it("gives back what was set, and null for everything else", async () => {
      const { cache, key } = await scene();
      expect(await cache.get(key)).toBeNull();
      await cache.set(key, "grün\n\u0000", { expireMs: 60_000 });
      await cache.set(`${key}2`, "", { expireMs: 60_000 });
      expect(await cache.get(key)).toBe("grün\n\u0000");
      expect(await cache.get(`${key}2`)).toBe("");
      await cache.set(key, "other", { expireMs: 60_000 });
      expect(await cache.get(key)).toBe("other");
    });

    it("forgets a value when its time is over, and counts from the last time it was set", async () => {
      const { cache, key, fixture } = await scene();
      await cache.set(key, "one", { expireMs: 40 });
      await cache.set(`${key}2`, "two", { expireMs: 40 });
      await cache.set(`${key}2`, "two", { expireMs: 60_000 });
      await fixture.pass(80);
      expect(await cache.get(key)).toBeNull();
      expect(await cache.get(`${key}2`)).toBe("two");
    });

    it("counts in a window from its first count on, and then anew", async () => {
      const { cache, key, fixture } = await scene();
      const windowMs = 60;
      expect(await cache.count(key, 2, { windowMs })).toMatchObject({ sum: 2 });
      const { sum, leftMs } = await cache.count(key, 3, { windowMs });
      expect(sum).toBe(5);
      expect(leftMs).toBeGreaterThan(0);
      expect(leftMs).toBeLessThanOrEqual(windowMs);
      await fixture.pass(120);
      expect(await cache.count(key, 1, { windowMs })).toMatchObject({ sum: 1 });
    });

    it("loses no count of many at the same time", async () => {
      const { fixture, key } = await scene();
      const caches = await Promise.all([fixture.open(), fixture.open()]);
      const counted = await Promise.all(
        Array.from({ length: 100 }, (_, i) =>
          (caches[i % 2] as Cache).count(key, 1, { windowMs: 60_000 }),
        ),
      );
      const sums = counted.map(({ sum }) => sum).toSorted((a, b) => a - b);
      expect(sums).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    });

    it("tells every subscriber of a channel each message once, in order, until it unsubscribes", async () => {
      const { fixture, cache, key } = await scene();
      const other = await fixture.open();
      const heard: string[] = [];
      const elsewhere = Promise.withResolvers<void>();
      const first = await cache.subscribe(key, (message) => heard.push(`here ${message}`));
      await other.subscribe(key, (message) => {
        heard.push(`there ${message}`);
        if (message === "3") elsewhere.resolve();
      });
      for (const message of ["1", "2"]) cache.publish(key, message);
      first.unsubscribe();
      cache.publish(`${key}2`, "not theirs");
      cache.publish(key, "3");
      await elsewhere.promise;
      expect(heard.filter((line) => line.startsWith("here"))).toEqual(["here 1", "here 2"]);
      const there = heard.filter((line) => line.startsWith("there"));
      expect(there).toEqual(["there 1", "there 2", "there 3"]);
    });
  });
};
