import type { Clock } from "../clock/index.ts";
import type { Metrics } from "../metrics/index.ts";

export type RequestMetrics = {
  /** A function that records one answer of an operation: its status and when the request came. */
  of(operation: string): (status: number, startedMs: number) => void;
};

/** How many answers of which status, and how long they took, per operation. */
export const createRequestMetrics = (
  metrics: Metrics,
  clock: Pick<Clock, "monotonic">,
): RequestMetrics => {
  const seconds = metrics.histogram(
    "lucid_http_request_seconds",
    "Time from the headers of a request to its answer, by operation and status.",
    ["operation", "status"],
  );
  return {
    of: (operation) => {
      const byStatus = new Map<number, { observe(value: number): void }>();
      return (status, startedMs) => {
        let child = byStatus.get(status);
        if (child === undefined) {
          child = seconds.labels({ operation, status: String(status) });
          byStatus.set(status, child);
        }
        child.observe((clock.monotonic() - startedMs) / 1000);
      };
    },
  };
};
