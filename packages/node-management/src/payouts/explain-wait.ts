import type { Owner } from "../registry/index.ts";
import { toMoment, toUsdt } from "../shared/view.ts";
import type { PayoutsState } from "./contract.ts";
import { type DueContext, findKeeper, judgeBalance } from "./due.ts";
import { policyNow } from "./policy.ts";
import type { Looks } from "./schedule.ts";

type WaitContext = DueContext & Parameters<typeof policyNow>[0];

/** How the payer stands, and when it looks again. */
type Payer = {
  readonly state: PayoutsState;
  readonly looks: Looks;
  readonly followMs: number;
};

/** One sentence: what an owner's next payout waits for. */
export const explainWait = async (
  context: WaitContext,
  owner: Owner,
  payer: Payer,
): Promise<string> => {
  const keeper = await findKeeper(context, owner.ownerId);
  if (keeper !== null) return keeper;
  const verdict = await judgeBalance(context, owner, {
    policy: policyNow(context),
    chainTimeMs: context.clock.now(),
  });
  if ("waits" in verdict) return verdict.waits;
  return `${toUsdt(verdict.due.grossMicro)} USDT are due${whenToWords(payer)}.`;
};

const whenToWords = ({ state: { state, reason }, looks, followMs }: Payer): string => {
  if (state === "waiting") return `; ${reason}; looked at again every ${followMs / 1000} s`;
  if (reason !== null) return `; ${reason}`;
  const { nextRunMs } = looks;
  return ` and go with the next run${nextRunMs === null ? "" : `, at ${toMoment(nextRunMs)}`}`;
};
