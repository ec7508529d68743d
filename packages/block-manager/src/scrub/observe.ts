import type { Log } from "@lucid/platform/log";
import type { Metrics } from "@lucid/platform/metrics";
import type { ScrubEvent } from "./scrub.ts";

/** Counts and logs what was found in the files of the log. */
export function createScrubObserver({ metrics, log }: { metrics: Metrics; log: Log }) {
  const damaged = metrics.counter(
    "lucid_log_damaged_files_total",
    "Files of the log that were found damaged or missing.",
  );
  const repaired = metrics.counter(
    "lucid_log_repaired_files_total",
    "Files of the log that were replaced by what was verified in their place.",
  );
  return ({ type, ...facts }: ScrubEvent): void => {
    if (type === "damaged") {
      damaged.inc();
      log.error(facts, "a file of the log is damaged or missing");
    } else {
      repaired.inc();
      log.info(facts, "a file of the log was replaced");
    }
  };
}
