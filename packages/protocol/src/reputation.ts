/** α and β of a node without outcomes. */
export const REPUTATION_START = 5_000_000;

/** Evidence for (α) and against (β) a node, in fixed point with 10^6. */
export type ReputationEvidence = { alpha: number; beta: number };

/** `floor(10000·α/(α+β))` basis points. */
export function reputation({ alpha, beta }: ReputationEvidence): number {
  return Math.floor((10_000 * alpha) / (alpha + beta));
}

/** Evidence after one outcome: both fade by λ (per million), then the one that the outcome speaks for gains 10^6. */
export function afterOutcome(
  { alpha, beta }: ReputationEvidence,
  outcome: "success" | "failure",
  lambda: number,
): ReputationEvidence {
  const faded = { alpha: fade(alpha, lambda), beta: fade(beta, lambda) };
  return outcome === "success"
    ? { alpha: faded.alpha + 1_000_000, beta: faded.beta }
    : { alpha: faded.alpha, beta: faded.beta + 1_000_000 };
}

function fade(evidence: number, lambda: number): number {
  return Math.floor((evidence * lambda) / 1_000_000);
}
