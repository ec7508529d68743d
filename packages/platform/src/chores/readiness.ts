import type { ChoreStatus } from "./port.ts";

/** Failures in a row after which a chore makes the service not ready. */
const failuresTolerated = 3;

/** Whether background work gets on, and when each last did, for `/ready`. */
export const choresReadiness = (
  statuses: readonly ChoreStatus[],
  nowMs: number,
): { readonly ok: boolean; readonly detail: string } => {
  const failing = statuses.filter(({ failures }) => failures >= failuresTolerated);
  if (failing.length === 0)
    return { ok: true, detail: statuses.map((status) => describe(status, nowMs)).join(", ") };
  const reasons = failing.map(
    ({ name, failures, lastError }) => `${name} failed ${failures} times: ${lastError}`,
  );
  return { ok: false, detail: reasons.join("; ") };
};

const describe = ({ name, state, lastSuccessMs }: ChoreStatus, nowMs: number): string =>
  lastSuccessMs === null
    ? `${name} ${state}, not done yet`
    : `${name} ${state}, done ${Math.max(0, Math.round((nowMs - lastSuccessMs) / 1000))} s ago`;
