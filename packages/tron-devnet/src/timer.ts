import type { Chain, Clock } from "./chain/chain.ts";

/** Makes a block every `blockMs`, also when there is nothing to put into it. */
export function startTimer(
  { chain, clock }: { chain: Chain; clock: Clock },
  { blockMs }: { blockMs: number },
) {
  let timer = schedule();

  function schedule(): NodeJS.Timeout {
    const dueMs = chain.head().timestampMs + blockMs - clock.now();
    return setTimeout(produce, Math.min(blockMs, Math.max(0, dueMs)));
  }

  function produce(): void {
    chain.mine(1);
    timer = schedule();
  }

  return { stop: () => clearTimeout(timer) };
}
