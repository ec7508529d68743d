import type { ScoreRules } from "../policy.ts";

/** The four components of a score, in basis points. */
export type ScoreComponents = {
  time: number;
  own: number;
  reputation: number;
  contribution: number;
};

/**
 * Twice the median of credits: `x[floor((n-1)/2)] + x[floor(n/2)]` of the sorted list; null of an empty one.
 * @param credits millicredits of the nodes with credits > 0 and time >= min_uptime, in any order
 */
export function twiceMedian(credits: readonly number[]): number | null {
  if (credits.length === 0) return null;
  const sorted = Float64Array.from(credits).sort();
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] as number;
  return lower + (sorted[Math.floor(sorted.length / 2)] as number);
}

/** `min(10000, floor(10000·credits/m2))` basis points, 0 without a median. */
export function contribution(credits: number, m2: number | null): number {
  return m2 === null ? 0 : Math.min(10_000, Math.floor((10_000 * credits) / m2));
}

/** The weighted sum of the components in basis points, with the policy's weights (which sum to 10000). */
export function score(rules: ScoreRules, components: ScoreComponents): number {
  const weighted =
    rules.time * components.time +
    rules.own * components.own +
    rules.reputation * components.reputation +
    rules.contribution * components.contribution;
  return Math.floor(weighted / 10_000);
}

/** Whether a node earns: score and own reach the policy's thresholds, and time the network's `min_uptime`. */
export function isValidScore(
  rules: ScoreRules,
  minUptime: number,
  result: { score: number; own: number; time: number },
): boolean {
  return (
    result.score >= rules.valid_from && result.own >= rules.own_from && result.time >= minUptime
  );
}
