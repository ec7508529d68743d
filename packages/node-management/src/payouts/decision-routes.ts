import { routes } from "@lucid/api";
import { ApiProblem, type Http } from "@lucid/platform/http";
import { parseUsdt } from "@lucid/protocol";
import type { Network } from "../shared/network.ts";
import type { Payouts } from "./contract.ts";
import type { DecisionRequest } from "./decide.ts";
import { createPayoutToView } from "./views.ts";

export type DecisionRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly network: Network;
  readonly payouts: Pick<Payouts, "decide">;
  /** Has the payer run at once, in the background. */
  readonly wake: () => void;
  readonly explorer: string | undefined;
};

/** What people decide about single payouts: written down by the request, carried out by the payer. */
export const registerDecisionRoutes = (deps: DecisionRoutesDeps): void => {
  const { http, payouts, wake } = deps;
  const payoutToView = createPayoutToView(deps);
  const decide = async (request: DecisionRequest) => {
    const verdict = await payouts.decide(request);
    if (verdict.outcome === "refused") return new ApiProblem(verdict.code, verdict.detail);
    wake();
    return payoutToView(verdict.payout);
  };

  http.route(routes.approvePayout, ({ params: { payout_id: payoutId }, body, principal }) =>
    decide({
      payoutId,
      act: "approve",
      by: principal.id,
      reason: body.reason ?? "approved",
      recipient: body.recipient,
      netMicro: parseUsdt(body.net_usdt),
      attempt: body.attempt,
    }),
  );
  http.route(routes.cancelPayout, ({ params: { payout_id: payoutId }, body, principal }) =>
    decide({ payoutId, act: "cancel", by: principal.id, reason: body.reason }),
  );
  http.route(routes.retryPayout, ({ params: { payout_id: payoutId }, body, principal }) =>
    decide({ payoutId, act: "retry", by: principal.id, reason: body.reason }),
  );
  http.route(routes.expirePayout, ({ params: { payout_id: payoutId }, body, principal }) => {
    const { reason, attempt } = body;
    return decide({ payoutId, act: "expire", by: principal.id, reason, attempt });
  });
  http.route(routes.closePayout, ({ params: { payout_id: payoutId }, body, principal }) => {
    const backMicro = parseUsdt(body.give_back_usdt);
    return decide({ payoutId, act: "close", by: principal.id, reason: body.reason, backMicro });
  });
};
