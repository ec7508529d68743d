import type { Clock } from "@lucid/platform/clock";
import type { Genesis } from "@lucid/protocol";
import { beatMs } from "./heartbeat.ts";
import type { HearingKeeper } from "./hearing.ts";

/** Beats until the signal is aborted, and once more at the end. */
export const listen = async (
  { hearing, clock, genesis }: { hearing: HearingKeeper; clock: Clock; genesis: Genesis },
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    const startedMs = clock.monotonic();
    await hearing.beat();
    const restMs = startedMs + beatMs(genesis) - clock.monotonic();
    await clock.sleep(Math.max(1, restMs), signal);
  }
  await hearing.beat();
};
