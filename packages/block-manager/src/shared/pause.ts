import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock } from "@lucid/platform/clock";

/** Lets the event loop serve others when this work has held it for a while; cheap to call often. */
export type Pause = () => Promise<void>;

const HOLD_MS = 10;

/** A pause for one piece of work: what is done between two calls is held in one go. Throws when `signal` is aborted. */
export function createPause(clock: Clock, signal?: AbortSignal): Pause {
  let sinceMs = clock.monotonic();
  return async () => {
    signal?.throwIfAborted();
    if (clock.monotonic() - sinceMs < HOLD_MS) return;
    await nextTurn();
    sinceMs = clock.monotonic();
  };
}
