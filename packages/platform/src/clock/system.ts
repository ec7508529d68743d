import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "./port.ts";

/** The longest wait that a timer of Node holds. */
const longestMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: async (ms, signal) => {
    for (let left = ms; left > 0; left -= longestMs) {
      if (signal?.aborted === true) return;
      await waitQuietly(Math.min(left, longestMs), signal);
    }
  },
};

async function waitQuietly(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await wait(ms, undefined, { signal });
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  }
}
