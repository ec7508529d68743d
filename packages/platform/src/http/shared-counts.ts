import type { Cache } from "../cache/index.ts";
import type { Clock } from "../clock/index.ts";

/** What one key has used in a window: here, how much of that others were told, and what others used themselves. */
export type Tally = { own: number; told: number; others: number };

/** Notes that a tally has grown; soon others know, and it knows of others. */
export type ShareCounts = (name: string, tally: Tally) => void;

/** Requests wait for nobody: others hear of them this much later, and that is all that can slip through. */
const tellAfterMs = 50;
/** So many keys are told of at a time. */
const mostAtOnce = 1000;

/** Shares tallies between replicas by counters in the cache. */
export const createShareCounts = (
  { cache, clock }: { readonly cache: Pick<Cache, "count">; readonly clock: Pick<Clock, "sleep"> },
  { windowMs }: { readonly windowMs: number },
): ShareCounts => {
  const waiting = new Map<string, Tally>();
  let isTelling = false;

  const tell = async (name: string, tally: Tally): Promise<void> => {
    const { own } = tally;
    const amount = own - tally.told;
    tally.told = own;
    const { sum } = await cache.count(name, amount, { windowMs });
    tally.others = Math.max(0, sum - own);
  };
  const tellAll = async (): Promise<void> => {
    isTelling = true;
    while (waiting.size > 0) {
      await clock.sleep(tellAfterMs);
      const batch = [...waiting].slice(0, mostAtOnce);
      for (const [name] of batch) waiting.delete(name);
      await Promise.all(batch.map(([name, tally]) => tell(name, tally)));
    }
    isTelling = false;
  };

  return (name, tally) => {
    waiting.set(name, tally);
    if (!isTelling) void tellAll();
  };
};
