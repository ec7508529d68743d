import type { TestClock } from "./port.ts";

type Sleeper = { atMs: number; wake: () => void };

export type TestClockOptions = {
  /** Lets everything that a woken sleeper started come to rest; by default some turns of the event loop. */
  settle?: () => Promise<void>;
};

/** A clock that stands still until the test moves it. */
export function createTestClock(
  startMs: number,
  { settle = turnEventLoop }: TestClockOptions = {},
): TestClock {
  let elapsedMs = 0;
  let wallOffsetMs = startMs;
  const sleepers = new Set<Sleeper>();

  return {
    now: () => wallOffsetMs + elapsedMs,
    monotonic: () => elapsedMs,
    set: (nowMs) => {
      wallOffsetMs = nowMs - elapsedMs;
    },
    sleep,
    advance: async (ms) => {
      const untilMs = elapsedMs + ms;
      await settle();
      for (let next = earliest(untilMs); next !== undefined; next = earliest(untilMs)) {
        elapsedMs = Math.max(elapsedMs, next.atMs);
        next.wake();
        await settle();
      }
      elapsedMs = untilMs;
    },
  };

  function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms <= 0 || signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      // Whole milliseconds, as timers sleep: what is left of a fraction may be too small to add to the time.
      const sleeper = { atMs: elapsedMs + Math.ceil(ms), wake };
      sleepers.add(sleeper);
      signal?.addEventListener("abort", wake, { once: true });

      function wake(): void {
        sleepers.delete(sleeper);
        signal?.removeEventListener("abort", wake);
        resolve();
      }
    });
  }

  function earliest(untilMs: number): Sleeper | undefined {
    return [...sleepers]
      .filter(({ atMs }) => atMs <= untilMs)
      .toSorted((a, b) => a.atMs - b.atMs)[0];
  }
}

/** Enough for a chain of some writes to the store, each of which takes one turn. */
async function turnEventLoop(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
