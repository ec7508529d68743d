import { type Finding, failed, fine, unknown } from "@lucid/platform/checks";
import type { ClearanceContext } from "../contract.ts";

const fix =
  "see `lucid payouts reconcile`; what a transfer was is said with `lucid admin treasury record`";

/** Whether all that left the wallets is in the books, now and from the beginning, by every source. */
export const checkBooks = async ({ treasury }: ClearanceContext): Promise<Finding> => {
  const gate = await treasury.gate();
  if (gate.state === "waiting") return unknown(gate.reason, fix);
  if (gate.state === "stopped") return failed(gate.reason, fix);
  const found = await treasury.reconcile();
  if (!found.ok) return unknown(found.reason, fix);
  const { differences_total: count, transfers, sources } = found.result;
  if (count > 0) return failed(`${count} differences between the chain and the books`, fix);
  return fine(`${transfers} transfers agree with the books, from ${sources.length} sources`);
};
