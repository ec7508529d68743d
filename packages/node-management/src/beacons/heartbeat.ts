import type { Genesis } from "@lucid/protocol";

/** What one look at the clocks says. */
export type ClockReading = { readonly wallMs: number; readonly monotonicMs: number };

export type Interruption = "stalled" | "jumped";

/** How often a replica shows that it hears: often enough that a slot knows its tenth. */
export const beatMs = ({ slot_ms }: Genesis): number => Math.min(1000, Math.floor(slot_ms / 20));

/** A silence longer than this was no hearing. */
const stallMs = (genesis: Genesis): number => 3 * beatMs(genesis);

/**
 * What happened between two readings that ends a span of hearing: wall time moved against monotonic time by more
 * than half the grace (protocol, Time), or nothing ran for so long that connections may have gone unanswered.
 */
export const interruptionBetween = (
  genesis: Genesis,
  before: ClockReading,
  now: ClockReading,
): Interruption | null => {
  const elapsedMs = now.monotonicMs - before.monotonicMs;
  const jumpMs = now.wallMs - before.wallMs - elapsedMs;
  if (Math.abs(jumpMs) > genesis.grace_ms / 2) return "jumped";
  return elapsedMs > stallMs(genesis) ? "stalled" : null;
};
