import type { Clock } from "../clock/index.ts";
import { createChannels } from "./channels.ts";
import type { Cache } from "./port.ts";

type Kept = { readonly value: string; readonly untilMs: number };
type Window = { sum: number; readonly untilMs: number };

const sweepEveryMs = 60_000;

/** The cache of one process. */
export const createMemoryCache = (clock: Pick<Clock, "monotonic">): Cache => {
  const values = new Map<string, Kept>();
  const windows = new Map<string, Window>();
  const channels = createChannels();
  let sweptMs = clock.monotonic();

  const sweep = (now: number): void => {
    if (now - sweptMs < sweepEveryMs) return;
    sweptMs = now;
    for (const map of [values, windows])
      for (const [key, { untilMs }] of map) if (untilMs <= now) map.delete(key);
  };
  const fresh = <T extends { readonly untilMs: number }>(map: Map<string, T>, key: string) => {
    const now = clock.monotonic();
    sweep(now);
    const found = map.get(key);
    return found !== undefined && found.untilMs > now ? found : null;
  };

  return {
    get: async (key) => fresh(values, key)?.value ?? null,
    set: async (key, value, { expireMs }) => {
      values.set(key, { value, untilMs: clock.monotonic() + expireMs });
    },
    count: async (key, amount, { windowMs }) => {
      const now = clock.monotonic();
      const window = fresh(windows, key) ?? { sum: 0, untilMs: now + windowMs };
      window.sum += amount;
      windows.set(key, window);
      return { sum: window.sum, leftMs: window.untilMs - now };
    },
    publish: (channel, message) => channels.tell(channel, message),
    subscribe: async (channel, listener) => channels.add(channel, listener),
    state: () => ({ isShared: false, detail: "in memory, for this process alone" }),
    [Symbol.asyncDispose]: async () => undefined,
  };
};
