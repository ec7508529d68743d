import { type Finding, failed, fine, unknown } from "@lucid/platform/checks";
import type { ClearanceContext } from "../contract.ts";

const HOUR_MS = 3_600_000;
const fix = "name an account history in TronGrid's form in TRON_HISTORY";

/** Whether a second source for what left the wallet is set. */
export const judgeHistory = ({ setup, chains }: ClearanceContext): Finding =>
  setup.historyHost === null || chains.every(({ historyOut }) => historyOut === null)
    ? failed("what left the wallet is known from the nodes' own logs alone", fix)
    : fine(setup.historyHost);

/** Whether it answers. */
export const checkHistory = async (context: ClearanceContext): Promise<Finding> => {
  const set = judgeHistory(context);
  if (set.state !== "ok") return set;
  const nowMs = context.clock.now();
  for (const { historyOut } of context.chains) {
    const found = await historyOut?.(context.wallet, nowMs - HOUR_MS, nowMs);
    if (found !== undefined && !found.ok)
      return unknown(`${set.detail} does not answer: ${found.reason}`, fix);
  }
  return fine(`${set.detail} tells what left the wallet`);
};
