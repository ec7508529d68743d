import type { Clock } from "@lucid/platform/clock";
import type { Finding, MirrorEvent, SourceState, SourceStatus } from "./contract.ts";

/** What is known of every source, in the order in which they were given. */
export type StatusBoard = {
  all(): readonly SourceStatus[];
  update(source: string, finding: Finding): void;
};

export function createStatusBoard(
  names: readonly string[],
  { clock, onEvent }: { clock: Clock; onEvent: (event: MirrorEvent) => void },
): StatusBoard {
  const statuses = new Map(names.map((source) => [source, unknown(source)]));
  return {
    all: () => [...statuses.values()],
    update: (source, finding) => {
      const before = statuses.get(source) ?? unknown(source);
      const status = statusOf(source, finding, before, clock.now());
      statuses.set(source, status);
      const isNews = before.state !== status.state || before.code !== status.code;
      if (isNews) onEvent({ type: "changed", before: before.state, status });
    },
  };
}

const unknown = (source: string): SourceStatus => ({
  source,
  state: "unknown",
  size: null,
  code: null,
  detail: "not asked yet",
  evidence: null,
  goodAtMs: null,
});

function statusOf(
  source: string,
  finding: Finding,
  before: SourceStatus,
  nowMs: number,
): SourceStatus {
  if ("problem" in finding) {
    const { state, size, problem } = finding;
    return { source, state, size, ...problem, goodAtMs: before.goodAtMs };
  }
  const { size } = finding.log.checkpoint;
  const state: SourceState = finding.state === "ahead" ? "current" : finding.state;
  const detail =
    finding.state === "behind" ? `it has ${size} blocks, fewer than we` : `${size} blocks`;
  return { source, state, size, code: null, detail, evidence: null, goodAtMs: nowMs };
}
