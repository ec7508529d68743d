import type { TimedBlock } from "./block.ts";
import type { Place, Problem, Verdict } from "./problem.ts";
import { problem } from "./problem.ts";

/** Something that one fact of the log makes necessary and another has to bring. */
type Due = { readonly since: number; readonly missing: Problem; readonly topic: string };

type Missing = { readonly code: string; readonly detail: string; readonly at: Place };

/** What the log still owes. */
export type Deadlines = ReturnType<typeof createDeadlines>;

/**
 * What must come, comes within an epoch's worth of blocks in which the service was there: sealed on time and
 * observed. Blocks that were caught up after an outage count nothing, so an outage alone makes nothing overdue.
 */
export const createDeadlines = (slotsPerEpoch: number) => {
  const open = new Map<string, Due>();
  let served = 0;

  return {
    /** From now on `key` is expected; `missing` is what its absence means, `topic` what people call it. */
    expect: (key: string, topic: string, missing: Missing): void => {
      const { code, detail, at } = missing;
      open.set(key, { since: served, missing: problem(code, detail, at), topic });
    },

    /** It came, or is not needed any more. */
    meet: (key: string): void => void open.delete(key),

    /** After a block: what has been owed for too long. The oldest stands first in the map. */
    endBlock: ({ header, isLate }: TimedBlock): Verdict => {
      if (header.observed && !isLate) served += 1;
      for (const { since, missing } of open.values())
        return served - since > slotsPerEpoch ? missing : null;
      return null;
    },

    /** How many of each topic are still waited for. */
    waiting: (): Map<string, number> => {
      const counts = new Map<string, number>();
      for (const { topic } of open.values()) counts.set(topic, (counts.get(topic) ?? 0) + 1);
      return counts;
    },
  };
};
