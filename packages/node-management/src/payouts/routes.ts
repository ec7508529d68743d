import { routes } from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import { ApiProblem, type Http } from "@lucid/platform/http";
import { type Policy, slotAt } from "@lucid/protocol";
import type { Ledger } from "../ledger/index.ts";
import type { Policies } from "../policy/index.ts";
import type { Network } from "../shared/network.ts";
import { pageToView } from "../shared/page.ts";
import { toIso, toUsdt } from "../shared/view.ts";
import type { Payouts } from "./contract.ts";
import { dayOf } from "./rules.ts";
import { createPayoutToView, scheduleToView } from "./views.ts";

export type PayoutRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly network: Network;
  readonly clock: Pick<Clock, "now">;
  readonly policies: Pick<Policies, "forSlot">;
  readonly ledger: Pick<Ledger, "totals">;
  readonly payouts: Payouts;
  /** Has the payer run at once, in the background. */
  readonly wake: () => void;
  readonly explorer: string | undefined;
  readonly periodMs: number;
};

export const registerPayoutRoutes = (deps: PayoutRoutesDeps): void => {
  const { http, network, clock, policies, payouts, periodMs } = deps;
  const payoutToView = createPayoutToView(deps);
  const schedule = () => scheduleToView(payouts, { periodMs, nowMs: clock.now() });

  http.route(routes.listPayouts, async ({ query: { state, ...page } }) =>
    pageToView(await payouts.list(page, state === undefined ? {} : { state }), payoutToView),
  );
  http.route(routes.getPayoutThreshold, () =>
    thresholdToView(policies.forSlot(slotAt(network.genesis, clock.now()))),
  );
  http.route(routes.getPayoutSchedule, schedule);
  http.route(routes.getPayoutStatistics, () => readStatistics(deps));
  http.route(routes.processPayouts, async (context) => {
    if (!(await payouts.request()))
      return new ApiProblem(
        "payouts.not_configured",
        payouts.state().reason ?? "Nothing pays here.",
      );
    deps.wake();
    return context.reply(202, schedule());
  });
  http.route(routes.getPayout, async ({ params: { payout_id } }) => {
    const payout = await payouts.get(payout_id);
    if (payout === null)
      return new ApiProblem("payouts.unknown", `There is no payout ${payout_id}.`);
    return payoutToView(payout);
  });
};

const thresholdToView = ({ payout, version }: Policy) => ({
  threshold_usdt: toUsdt(BigInt(payout.threshold_micro)),
  minimum_usdt: toUsdt(BigInt(payout.minimum_micro)),
  maximum_usdt: toUsdt(BigInt(payout.maximum_micro)),
  fee_bp: payout.fee_bp,
  fee_min_usdt: toUsdt(BigInt(payout.fee_min_micro)),
  fee_max_usdt: toUsdt(BigInt(payout.fee_max_micro)),
  policy_version: version,
});

const readStatistics = async ({ payouts, ledger, clock }: PayoutRoutesDeps) => {
  const nowMs = clock.now();
  const [by_state, paidMicro, totals, reservedMicro] = await Promise.all([
    payouts.countByState(),
    payouts.confirmedMicro(),
    ledger.totals(),
    payouts.reservedMicro(dayOf(nowMs)),
  ]);
  return {
    by_state,
    paid_usdt: toUsdt(paidMicro),
    fees_usdt: toUsdt(totals.feesMicro),
    in_flight_usdt: toUsdt(totals.inFlightMicro - paidMicro),
    owed_usdt: toUsdt(totals.owedMicro),
    reserved_today_usdt: toUsdt(reservedMicro),
    as_of: toIso(nowMs),
  };
};
