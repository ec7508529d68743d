import type { Clock } from "../clock/index.ts";
import type { ChoreDefinition } from "./port.ts";
import type { ChoreRecord, Moment } from "./record.ts";

/** The wall clock may jump, so it is read at least this often while waiting. */
const longestSleepMs = 1000;
const firstRetryMs = 1000;
const longestRetryMs = 60_000;
/** How soon to look again at a lease that another replica holds. */
const lookAgainMs = 2500;

export type Schedule = {
  /** Wall-clock ms of the next run as last reckoned; null before the first wait. */
  readonly nextRunMs: number | null;
  /** Waits until the next run: none before the first, short after a failure. */
  wait(signal: AbortSignal): Promise<void>;
};

type Deps = { clock: Clock; random: () => number; record: ChoreRecord };

export function createSchedule(
  { clock, random, record }: Deps,
  definition: ChoreDefinition,
): Schedule {
  let nextRunMs: number | null = null;

  return {
    get nextRunMs() {
      return nextRunMs;
    },
    wait: async (signal) => {
      const jitterMs = random() * (definition.jitterMs ?? 0);
      const msToRegular = regularWait(clock, definition, record.began);
      const startMs = clock.monotonic();
      while (!signal.aborted) {
        const ms = jitterMs + msToNext(msToRegular, startMs);
        nextRunMs = clock.now() + Math.max(0, ms);
        if (ms <= 0) return;
        await clock.sleep(Math.min(ms, longestSleepMs), signal);
      }
    },
  };

  function msToNext(msToRegular: () => number, startMs: number): number {
    const { state, failures } = record.status;
    const soon = (waitMs: number) => startMs + waitMs - clock.monotonic();
    if (state === "waiting") return soon(lookAgainMs);
    if (record.began === null) return soon(0);
    return failures === 0 ? msToRegular() : Math.min(msToRegular(), soon(retryMs(failures)));
  }
}

/** How long until the run that follows the one which began then. */
function regularWait(
  clock: Clock,
  definition: ChoreDefinition,
  began: Moment | null,
): () => number {
  const { nowMs, monotonicMs } = began ?? { nowMs: clock.now(), monotonicMs: clock.monotonic() };
  if (definition.due === undefined)
    return () => monotonicMs + definition.periodMs - clock.monotonic();
  let afterMs = nowMs;
  return () => {
    // A wall clock that was set back: what is due is due by its new time, not when it shows the old one again.
    afterMs = Math.min(afterMs, clock.now());
    return Math.max(definition.due(afterMs), afterMs + 1) - clock.now();
  };
}

const retryMs = (failures: number) => Math.min(firstRetryMs * 2 ** (failures - 1), longestRetryMs);
