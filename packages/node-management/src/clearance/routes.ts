import { routes } from "@lucid/api";
import type { CheckResult } from "@lucid/platform/checks";
import type { Clock } from "@lucid/platform/clock";
import { ApiProblem, type Http } from "@lucid/platform/http";
import { toIso } from "../shared/view.ts";
import type { Clearance } from "./contract.ts";
import type { ClearanceDocument } from "./documents.ts";

export type ClearanceRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly clock: Pick<Clock, "now">;
  /** Null when nothing pays. */
  readonly clearance: Clearance | null;
  /** Has the payer run at once, in the background. */
  readonly wake: () => void;
};

export const registerClearanceRoutes = ({
  http,
  clock,
  clearance,
  wake,
}: ClearanceRoutesDeps): void => {
  http.route(routes.checkPayouts, async () => {
    if (clearance === null) return notConfigured();
    const checks = await clearance.check();
    const { required, off, decision } = await clearance.status();
    return {
      required,
      off,
      decision: decision === null ? null : decisionToView(decision),
      checks,
      as_of: toIso(clock.now()),
    };
  });
  http.route(routes.enablePayouts, async ({ body, principal, reply }) => {
    if (clearance === null) return notConfigured();
    const verdict = await clearance.enable({ by: principal.id, reason: body.reason });
    if (verdict.outcome === "refused") return refusal(verdict.checks);
    wake();
    return reply(verdict.outcome === "enabled" ? 201 : 200, decisionToView(verdict.decision));
  });
};

const notConfigured = () =>
  new ApiProblem("payouts.not_configured", "TRON_NETWORK is none: nothing pays here.");

const refusal = (checks: readonly CheckResult[]) => {
  const wrong = checks.filter(({ state }) => state !== "ok");
  const reasons = wrong.map(({ name, detail }) => `${name}: ${detail}`).join("; ");
  return new ApiProblem("payouts.checks", `It stays off (${reasons}).`, { extensions: { checks } });
};

const decisionToView = ({ by, at, reason, scope, checks }: ClearanceDocument) => ({
  by,
  at: toIso(at),
  reason,
  wallet: scope.wallet,
  checks,
});
