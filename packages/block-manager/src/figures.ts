import type { ChoreDefinition } from "@lucid/platform/chores";
import type { Clock } from "@lucid/platform/clock";
import type { Log } from "@lucid/platform/log";
import type { Metrics } from "@lucid/platform/metrics";
import { type BlockNetwork, parseNote } from "@lucid/protocol";
import type { AppendEvent } from "./append/index.ts";
import type { CompactionEvent } from "./compact/index.ts";
import { lagOf } from "./lag.ts";
import { createMirrorObserver, type MirrorEvent } from "./mirror/index.ts";
import { createScrubObserver, type ScrubEvent } from "./scrub/index.ts";
import type { Store, StoreEvent } from "./store/index.ts";

const periodMs = 5000;

export type Observer = {
  readonly append: (event: AppendEvent) => void;
  readonly compaction: (event: CompactionEvent) => void;
  readonly mirror: (event: MirrorEvent) => void;
  readonly scrub: (event: ScrubEvent) => void;
  readonly store: (event: StoreEvent) => void;
};

/** Counts and logs what happens to the log. */
export const createObserver = ({ metrics, log }: { metrics: Metrics; log: Log }): Observer => {
  const blocks = metrics.counter("lucid_appended_blocks_total", "Blocks appended.");
  const leaves = metrics.counter("lucid_appended_leaves_total", "Leaves in blocks appended.");
  const bytes = metrics.counter("lucid_appended_body_bytes_total", "Bytes of bodies appended.");
  const seconds = metrics.histogram(
    "lucid_append_seconds",
    "From sealed slots that arrived to a durable checkpoint over them.",
  );
  const refusals = metrics.counter("lucid_append_refusals_total", "Appends refused, by code.", [
    "code",
  ]);
  const faults = metrics.counter(
    "lucid_log_faults_total",
    "Writes that a fault of the disk ended.",
  );
  const dropped = metrics.counter(
    "lucid_compaction_saved_bytes_total",
    "Bytes of bodies less those of the compacted epochs that replaced them.",
  );
  return {
    append: (event) => {
      if (event.type === "appended") {
        blocks.inc(event.blocks);
        leaves.inc(event.leaves);
        bytes.inc(event.bodyBytes);
        seconds.observe(event.durationMs / 1000);
      } else if (event.type === "refused") {
        const { code, detail } = event.refusal;
        refusals.inc({ code });
        log.warn({ code, detail }, "append refused");
      }
    },
    compaction: (event) => {
      // The compact form of a short epoch may be larger than its bodies.
      dropped.inc(Math.max(0, event.droppedBytes - event.bytes));
      log.info(event, "epoch compacted");
    },
    mirror: createMirrorObserver({ metrics, log }),
    scrub: createScrubObserver({ metrics, log }),
    store: (event) => {
      if (event.type === "recovered")
        log.info({ finished: event.finished, removed: event.removed.length }, "log recovered");
      if (event.type === "mended")
        log.warn({ path: event.path, quarantine: event.quarantine }, "damaged file replaced");
      if (event.type !== "fault") return;
      faults.inc();
      log.error({ err: event.error }, "a write to the log failed");
    },
  };
};

export type FiguresDeps = {
  readonly metrics: Metrics;
  readonly store: Pick<Store, "head" | "disk">;
  readonly network: BlockNetwork;
  readonly clock: Clock;
};

/** Brings what the log is like right now into the metrics. */
export const createFiguresChore = ({
  metrics,
  store,
  network,
  clock,
}: FiguresDeps): ChoreDefinition => {
  const size = metrics.gauge("lucid_log_blocks", "Blocks under the published checkpoint.");
  const lag = metrics.gauge("lucid_append_lag_slots", "Sealable slots that have no block yet.");
  const signatures = metrics.gauge(
    "lucid_checkpoint_signatures",
    "Signatures on the published checkpoint, the log's own included.",
  );
  const free = metrics.gauge("lucid_log_disk_free_bytes", "Free space where the log is kept.");
  const update = async (): Promise<void> => {
    const { size: blocks, note, latest } = store.head();
    size.set(blocks);
    lag.set(lagOf(network, latest?.header ?? null, clock.now()));
    signatures.set(note.length === 0 ? 0 : parseNote(note).signatures.length);
    const bytes = await store.disk.freeBytes();
    if (bytes !== null) free.set(bytes);
  };
  return { name: "figures", timeoutMs: periodMs, periodMs, run: update };
};
