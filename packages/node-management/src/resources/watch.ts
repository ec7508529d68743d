import type { Metric, Thresholds, Watch } from "./documents.ts";

/** What a node's thresholds are until somebody sets them. */
export const usualThresholds: Thresholds = {
  cpu_bp: 8000,
  memory_bp: 8000,
  disk_bp: 8500,
  network_bps: 100_000_000,
  for_seconds: 300,
};

export const metrics = ["cpu", "memory", "disk", "network"] as const;

/** Which figure and which threshold a metric is about. */
export const figureOf = {
  cpu: "cpu_bp",
  memory: "memory_bp",
  disk: "disk_bp",
  network: "network_bps",
} as const satisfies Record<Metric, keyof Thresholds>;

/** Samples that are further apart say nothing about what was between them. */
const longestGapMs = 120_000;

export const quiet: Watch = { phase: "quiet", since: 0, heard: 0 };

export type Watched = { readonly watch: Watch; readonly news: "raised" | "resolved" | null };

/** An alert ends below this, and not already where it began: a figure that sways about the threshold is one alert. */
export const clearBelow = (threshold: number): number => Math.floor((threshold * 9) / 10);

/**
 * One sample's figure against its threshold. An alert is raised when the figure has been at or above the threshold for
 * `forMs`, and resolved when it has been below nine tenths of it for `forMs`.
 * @param at Unix ms, later than the samples before
 */
export const watchFigure = (
  before: Watch,
  { at, value }: { readonly at: number; readonly value: number },
  { threshold, forMs }: { readonly threshold: number; readonly forMs: number },
): Watched => {
  const known = at - before.heard > longestGapMs ? afterGap(before) : before;
  const isOn = known.phase === "active" || known.phase === "falling";
  const isLeaving = isOn ? value < clearBelow(threshold) : value >= threshold;
  if (!isLeaving) return stay(isOn ? "active" : "quiet", at);
  const leaving = isOn ? "falling" : "rising";
  const since = known.phase === leaving ? known.since : at;
  if (at - since < forMs) return { watch: { phase: leaving, since, heard: at }, news: null };
  return isOn
    ? { ...stay("quiet", at), news: "resolved" }
    : { ...stay("active", at), news: "raised" };
};

const stay = (phase: "active" | "quiet", at: number): Watched => ({
  watch: { phase, since: at, heard: at },
  news: null,
});

/** What was about to change has to begin anew. */
const afterGap = (watch: Watch): Watch => {
  if (watch.phase === "rising") return { ...watch, phase: "quiet" };
  return watch.phase === "falling" ? { ...watch, phase: "active" } : watch;
};
