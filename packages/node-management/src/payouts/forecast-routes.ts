import { routes } from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import { ApiProblem, type Http } from "@lucid/platform/http";
import { parseUsdt, type PayoutRules, slotAt } from "@lucid/protocol";
import type { Policies } from "../policy/index.ts";
import type { Network } from "../shared/network.ts";
import { toIso, toIsoOrNull, toTrxOrNull, toUsdt, toUsdtOrNull } from "../shared/view.ts";
import type { Payouts } from "./contract.ts";
import { breakEvenMicro, type Plan } from "./plan.ts";
import { createRemembered } from "./remember.ts";
import type { Solvency } from "./solvency.ts";

export type ForecastRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly network: Network;
  readonly clock: Pick<Clock, "now" | "monotonic">;
  readonly policies: Pick<Policies, "forSlot">;
  readonly payouts: Pick<Payouts, "plan" | "solvency" | "state" | "schedule">;
};

/** The chain is asked no more often, however many people look. */
const REMEMBER_MS = 10_000;

/** What payouts will cost, and what there is to pay them from. */
export const registerForecastRoutes = (deps: ForecastRoutesDeps): void => {
  const { http, network, clock, policies, payouts } = deps;
  const remember = { clock, forMs: REMEMBER_MS };
  const plan = createRemembered(() => payouts.plan(), remember);
  const solvency = createRemembered(() => payouts.solvency(), remember);
  const notConfigured = () =>
    new ApiProblem("payouts.not_configured", payouts.state().reason ?? "Nothing pays here.");

  http.route(routes.getPayoutPlan, async ({ query: { trx_usdt } }) => {
    const found = await plan();
    if (found === null) return notConfigured();
    const { payout: rules } = policies.forSlot(slotAt(network.genesis, clock.now()));
    const price = trx_usdt === undefined ? null : parseUsdt(trx_usdt);
    const { state, reason } = payouts.state();
    return {
      state,
      reason,
      next_run_at: toIsoOrNull(payouts.schedule().nextRunMs),
      ...planToView(found),
      cost: costsToView(found.costs, { rules, price }),
      as_of: toIso(clock.now()),
    };
  });
  http.route(routes.getSolvency, async () => {
    const found = await solvency();
    return found === null ? notConfigured() : solvencyToView(found, clock.now());
  });
};

const planToView = ({ payouts }: Plan) => {
  const going = payouts.filter(({ waits }) => waits === null);
  const sum = (field: "grossMicro" | "netMicro" | "feeMicro") =>
    toUsdt(going.reduce((total, payout) => total + payout[field], 0n));
  return {
    payouts: payouts.map((payout) => ({
      payout_id: payout.payoutId,
      owner_id: payout.ownerId,
      recipient: payout.recipient,
      gross_usdt: toUsdt(payout.grossMicro),
      net_usdt: toUsdt(payout.netMicro),
      fee_usdt: toUsdt(payout.feeMicro),
      waits: payout.waits,
    })),
    going: {
      payouts: going.length,
      gross_usdt: sum("grossMicro"),
      net_usdt: sum("netMicro"),
      fees_usdt: sum("feeMicro"),
    },
  };
};

type Price = { readonly rules: PayoutRules; readonly price: bigint | null };

const costsToView = (costs: Plan["costs"], { rules, price }: Price) => {
  const { burnedSun } = costs;
  const costMicro =
    burnedSun === null || price === null ? null : (burnedSun * price + 999_999n) / 1_000_000n;
  const breakEven = costMicro === null ? null : breakEvenMicro(rules, costMicro);
  return {
    energy_per_payout: costs.energy === null ? null : Number(costs.energy),
    burned_trx_per_payout: toTrxOrNull(burnedSun),
    staked_trx_per_payout: toTrxOrNull(costs.stakedSun),
    run_trx: toTrxOrNull(costs.totalSun),
    break_even_usdt: toUsdtOrNull(breakEven),
    unknown: [
      ...costs.unknown,
      ...(price === null
        ? [
            "the price of a TRX: give it (lucid payouts plan --trx-price, trx_usdt in the API) to see the break-even",
          ]
        : []),
      ...(costMicro !== null && breakEven === null ? ["no payout's fee pays what it costs"] : []),
    ],
  };
};

const solvencyToView = (found: Solvency, nowMs: number) => ({
  held: {
    usdt: toUsdtOrNull(found.held.usdtMicro),
    trx: toTrxOrNull(found.held.trxSun),
    energy: found.held.energy === null ? null : Number(found.held.energy),
    bandwidth: found.held.bandwidth === null ? null : Number(found.held.bandwidth),
  },
  owed: {
    balances_usdt: toUsdt(found.owed.balancesMicro),
    in_flight_usdt: toUsdt(found.owed.inFlightMicro),
    accrued_usdt: toUsdt(found.owed.accruedMicro),
    total_usdt: toUsdt(found.owed.totalMicro),
  },
  covers: found.covers,
  runway: {
    usdt_days: found.runwayDays.usdt,
    trx_days: found.runwayDays.trx,
    energy_payouts: found.runwayDays.energyPayouts,
  },
  unknown: [...found.unknown],
  as_of: toIso(nowMs),
});
