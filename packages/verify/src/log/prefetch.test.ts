import { describe, expect, test } from "vitest";
import { readAll } from "../testing/index.ts";
import { prefetch } from "./prefetch.ts";

describe("prefetch", () => {
  test("loads a few at once and yields them in order", async () => {
    let running = 0;
    let most = 0;
    const waits = [30, 1, 20, 1, 10, 1];
    const loaded = await readAll(
      prefetch(waits, 3, async (waitMs) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, waitMs));
        running--;
        return waitMs;
      }),
    );
    expect(loaded).toEqual(waits);
    expect(most).toBe(3);
  });

  test("a failure comes in its turn, whether a load or the items fail", async () => {
    const load = async (item: number) => {
      if (item === 2) throw new Error("load");
      return item;
    };
    const seen: number[] = [];
    const read = async (items: Iterable<number>) => {
      for await (const item of prefetch(items, 4, load)) seen.push(item);
    };
    await expect(read([0, 1, 2, 3])).rejects.toThrow("load");
    const broken = function* () {
      yield 5;
      throw new Error("items");
    };
    await expect(read(broken())).rejects.toThrow("items");
    expect(seen).toEqual([0, 1, 5]);
  });

  test("who stops listening aborts what is under way", async () => {
    const signals: AbortSignal[] = [];
    let ended = false;
    const items = function* () {
      try {
        for (let i = 0; ; i++) yield i;
      } finally {
        ended = true;
      }
    };
    const load = async (item: number, signal: AbortSignal) => {
      signals.push(signal);
      return item;
    };
    for await (const item of prefetch(items(), 4, load)) if (item === 1) break;
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
    expect(signals.length).toBeLessThan(7);
    expect(ended).toBe(true);
  });
});
