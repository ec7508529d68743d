import type { Clock } from "../clock/index.ts";
import type { ChoreDefinition } from "./port.ts";
import type { ChoreRecord, Moment } from "./record.ts";

/** The wall clock may jump, so it is read at least this often while waiting. */
const longestSleepMs = 1000;
const firstRetryMs = 1000;
const longestRetryMs = 60_000;
/** How soon to look again at a lease that another replica holds. */
const lookAgainMs = 5000;

/** Ms from now until the next run: none before the first, short after a failure. */
export function msUntilNextRun(clock: Clock, definition: ChoreDefinition, record: ChoreRecord): number {
  const { began, ended, status } = record;
  if (began === null || ended === null) return 0;
  const soon = (waitMs: number) => ended.monotonicMs + waitMs - clock.monotonic();
  if (status.state === "waiting") return soon(lookAgainMs);
  const regularMs = msUntilDue(clock, definition, began);
  return status.failures === 0 ? regularMs : Math.min(regularMs, soon(retryMs(status.failures)));
}

export async function waitUntil(clock: Clock, msLeft: () => number, signal: AbortSignal): Promise<void> {
  for (let ms = msLeft(); ms > 0 && !signal.aborted; ms = msLeft()) {
    await clock.sleep(Math.min(ms, longestSleepMs), signal);
  }
}

function msUntilDue(clock: Clock, definition: ChoreDefinition, began: Moment): number {
  if (definition.due === undefined) return began.monotonicMs + definition.periodMs - clock.monotonic();
  // The earlier of both, so that a wall clock that was set back does not wait for the time it once showed.
  const afterMs = Math.min(began.nowMs, clock.now());
  return Math.max(definition.due(afterMs), afterMs + 1) - clock.now();
}

const retryMs = (failures: number) => Math.min(firstRetryMs * 2 ** (failures - 1), longestRetryMs);
