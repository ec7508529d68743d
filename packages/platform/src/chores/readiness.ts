import type { ChoreStatus } from "./port.ts";

/** Failures in a row after which a chore makes the service not ready. */
const failuresTolerated = 3;

/** Whether background work gets on, for `/ready`. */
export const choresReadiness = (
  statuses: readonly ChoreStatus[],
): { readonly ok: boolean; readonly detail: string } => {
  const failing = statuses.filter(({ failures }) => failures >= failuresTolerated);
  if (failing.length === 0)
    return { ok: true, detail: statuses.map(({ name, state }) => `${name} ${state}`).join(", ") };
  const reasons = failing.map(
    ({ name, failures, lastError }) => `${name} failed ${failures} times: ${lastError}`,
  );
  return { ok: false, detail: reasons.join("; ") };
};
