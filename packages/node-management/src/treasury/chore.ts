import type { ChoreDefinition } from "@lucid/platform/chores";
import type { Log } from "@lucid/platform/log";
import type { Treasury } from "./contract.ts";

const DAY_MS = 86_400_000;
/** A hundred thousand payouts on a slow endpoint. */
const TIMEOUT_MS = 3_600_000;

/** Compares everything once a day, in one process of the network; what differs stops payouts. */
export const createReconciliationChore = ({
  treasury,
  log,
}: {
  treasury: Pick<Treasury, "reconcile">;
  log: Log;
}): ChoreDefinition => ({
  name: "reconciliation",
  lease: true,
  periodMs: DAY_MS,
  timeoutMs: TIMEOUT_MS,
  run: async () => {
    const found = await treasury.reconcile();
    if (!found.ok) log.warn({ reason: found.reason }, "payouts were not reconciled");
  },
});
