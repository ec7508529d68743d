import type { Log } from "@lucid/platform/log";
import type { Metrics } from "@lucid/platform/metrics";
import type { MirrorEvent, SourceState } from "./contract.ts";

/** Counts and logs what happens between us and the sources. */
export function createMirrorObserver({ metrics, log }: { metrics: Metrics; log: Log }) {
  const blocks = metrics.counter(
    "lucid_mirror_blocks_total",
    "Blocks fetched from another block-manager and verified.",
  );
  const refusals = metrics.counter(
    "lucid_mirror_refusals_total",
    "Times that a source began to serve what does not verify, by code.",
    ["code"],
  );
  const state = metrics.gauge(
    "lucid_mirror_source_ok",
    "1 while a source of the log can be read and goes together with ours.",
    ["source"],
  );
  return (event: MirrorEvent): void => {
    if (event.type === "fetched") {
      blocks.inc(event.to - event.from);
      log.debug(event, "blocks fetched and verified");
      return;
    }
    const { before, status } = event;
    const isGood = GOOD.has(status.state);
    state.set({ source: status.source }, isGood ? 1 : 0);
    if (status.evidence !== null) refusals.inc({ code: status.code ?? "unknown" });
    const { level, text } = REPORTS[status.state];
    // Between two slots a follower is behind and current by turns.
    log[isGood && GOOD.has(before) ? "debug" : level](status, text);
  };
}

const GOOD: ReadonlySet<SourceState> = new Set(["current", "behind"]);

const REPORTS: Record<SourceState, { level: "info" | "warn" | "error"; text: string }> = {
  forked: {
    level: "error",
    text: "the log key signed a second history: keep the evidence and ask the operator",
  },
  refused: {
    level: "error",
    text: "a source serves what does not verify; nothing of it was published",
  },
  unreachable: { level: "warn", text: "a source cannot be read; it is tried again" },
  behind: { level: "info", text: "a source has less than we have" },
  current: { level: "info", text: "a source is in order" },
  unknown: { level: "info", text: "a source was not asked yet" },
};
