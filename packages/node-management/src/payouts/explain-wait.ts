import type { Owner } from "../registry/index.ts";
import { toMoment, toUsdt } from "../shared/view.ts";
import { shutToWords } from "./ask.ts";
import type { Shut } from "./contract.ts";
import { type DueContext, findObstacle, judgeBalance } from "./due.ts";
import { policyNow } from "./policy.ts";
import type { Looks } from "./schedule.ts";

type WaitContext = DueContext & Parameters<typeof policyNow>[0];

/** How the payer stands, and when it looks again. */
type Outlook = {
  readonly shut: Shut | null;
  readonly looks: Looks;
  readonly followMs: number;
};

/** One sentence: what an owner's next payout waits for. */
export const explainWait = async (
  context: WaitContext,
  owner: Owner,
  outlook: Outlook,
): Promise<string> => {
  const obstacle = await findObstacle(context, owner.ownerId);
  if (obstacle !== null) return obstacle;
  const verdict = await judgeBalance(context, owner, {
    policy: policyNow(context),
    chainTimeMs: context.clock.now(),
  });
  if ("waits" in verdict) return verdict.waits;
  return `${toUsdt(verdict.due.grossMicro)} USDT are due${whenToWords(outlook)}.`;
};

const whenToWords = ({ shut, looks: { nextRunMs }, followMs }: Outlook): string => {
  if (shut !== null) {
    const again = shut.state === "waiting" ? `; looked at again every ${followMs / 1000} s` : "";
    return `; ${shutToWords(shut)}${again}`;
  }
  return ` and go with the next run${nextRunMs === null ? "" : `, at ${toMoment(nextRunMs)}`}`;
};
