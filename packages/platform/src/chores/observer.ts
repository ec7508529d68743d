import type { Log } from "../log/index.ts";
import type { Metrics } from "../metrics/index.ts";
import type { Observer } from "./record.ts";

/** Logs and counts what happens to chores. */
export function createObserver({ log, metrics }: { log: Log; metrics: Metrics }): Observer {
  const runs = metrics.counter("lucid_chore_runs_total", "Runs of chores by how they ended", [
    "chore",
    "outcome",
  ]);
  const duration = metrics.histogram(
    "lucid_chore_duration_seconds",
    "How long runs of chores took",
    ["chore"],
  );
  const lastSuccess = metrics.gauge(
    "lucid_chore_last_success_timestamp_seconds",
    "When a chore last succeeded",
    ["chore"],
  );
  const failures = metrics.gauge(
    "lucid_chore_failures",
    "Failures of a chore since it last succeeded",
    ["chore"],
  );

  return {
    ran: (chore, outcome, durationMs) => {
      runs.inc({ chore, outcome });
      duration.observe({ chore }, durationMs / 1000);
      log.debug({ chore, outcome, durationMs }, "chore ran");
    },
    succeeded: (chore, atMs) => {
      lastSuccess.set({ chore }, atMs / 1000);
      failures.set({ chore }, 0);
    },
    failed: (chore, error, count) => {
      failures.set({ chore }, count);
      log.warn({ err: error, chore, failures: count }, "chore failed");
    },
  };
}
