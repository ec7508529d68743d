/** A span of wall-clock time, ms, `untilMs` not included. */
export type Span = { readonly fromMs: number; readonly untilMs: number };

/** Milliseconds of [fromMs, untilMs) that no span covers. */
export const uncoveredMs = (spans: readonly Span[], { fromMs, untilMs }: Span): number => {
  const ordered = spans
    .filter((span) => span.untilMs > fromMs && span.fromMs < untilMs)
    .toSorted((a, b) => a.fromMs - b.fromMs);
  let uncovered = 0;
  let reached = fromMs;
  for (const span of ordered) {
    uncovered += Math.max(0, span.fromMs - reached);
    reached = Math.max(reached, span.untilMs);
  }
  return uncovered + Math.max(0, untilMs - reached);
};
