import { createBacklogCheck } from "./backlog.ts";
import { sortBody, toTimedBlock } from "./block.ts";
import type { SealedBlock, TimedBlock } from "./block.ts";
import { createPaySteps } from "./pay-steps.ts";
import { createPresenceSteps } from "./presence-steps.ts";
import { problem } from "./problem.ts";
import type { Verdict } from "./problem.ts";
import type { BooksDeps, Step } from "./step.ts";

/** Everything that a log says, recomputed block by block. */
export type Books = {
  /** The next block, whose structure holds; what does not follow, null when everything does. */
  add(block: SealedBlock): Verdict;
  /** How many facts of each kind the log still owes. */
  waiting(): ReadonlyMap<string, number>;
};

/** Each step may rest on those before it: first who is there, then what they did, then what it is worth. */
export const createBooks = (deps: BooksDeps): Books => {
  const { network, tally } = deps;
  const presence = createPresenceSteps(deps);
  const pay = createPaySteps({ ...deps, ...presence });
  const checkBacklog = createBacklogCheck(network.genesis);
  const steps: Step[] = [refuseCosignatures, checkBacklog, ...presence.steps, ...pay.steps];

  let before: TimedBlock | null = null;

  return {
    add(sealed) {
      const block = toTimedBlock(network, sealed, before);
      before = block;
      const body = sortBody(sealed);
      for (const step of steps) {
        const found = step(block, body);
        if (found !== null) return { at: { height: block.height }, ...found };
      }
      tally.check("blocks");
      tally.check("leaves", block.body.length);
      if (block.isLate) tally.attest("late_blocks");
      return null;
    },
    waiting: () => pay.deadlines.waiting(),
  };
};

const refuseCosignatures: Step = ({ height }, { firstCosignature: leaf }) =>
  leaf === null
    ? null
    : problem(
        "leaf.unexpected",
        "A cosignature stands here, and this network has no committees yet.",
        {
          height,
          leaf,
        },
      );
