import { ApiError, type Client } from "@lucid/api/client";
import type { Clock } from "@lucid/platform/clock";

/** The service lives and asks for patience. */
const asksToWait = new Set(["limits.exceeded", "service.unavailable"]);
/** It may be starting or busy, but not for long. */
const isSilent = new Set(["client.unreachable", "client.timeout"]);
const SILENCE_MS = 10_000;
const RETRY_MS = 500;

/** A client that tries again what the service could not answer just now, until `over` is aborted. */
export const createPatientClient = (client: Client, clock: Clock, over: AbortSignal): Client => {
  const patiently = async <T>(ask: () => Promise<T>): Promise<T> => {
    const sinceMs = clock.monotonic();
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        const waitMs = over.aborted ? null : waitOf(error, clock.monotonic() - sinceMs);
        if (waitMs === null) throw error;
        await clock.sleep(waitMs, over);
      }
    }
  };
  return { call: (...request) => patiently(() => client.call(...request)) };
};

/** How long to wait before the next try; null when there is none. */
const waitOf = (error: unknown, triedForMs: number): number | null => {
  if (!(error instanceof ApiError)) return null;
  const isWorthIt =
    asksToWait.has(error.code) || (isSilent.has(error.code) && triedForMs < SILENCE_MS);
  return isWorthIt ? Math.max(RETRY_MS, error.retryAfterMs ?? 0) : null;
};
