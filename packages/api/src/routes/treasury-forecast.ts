import { Type } from "typebox";
import { defineRoute } from "../route.ts";
import { Address, nullable, object, OwnerId, PayoutId, Time, Usdt, UsdtInput } from "../schemas.ts";

const Trx = Type.String({ pattern: "^(0|[1-9][0-9]*)\\.[0-9]{6}$", description: "TRX" });
const Unknown = Type.Array(Type.String(), {
  description: "why a figure that is null could not be read",
});

const Planned = object({
  payout_id: nullable(PayoutId),
  owner_id: OwnerId,
  recipient: Address,
  gross_usdt: Usdt,
  net_usdt: Usdt,
  fee_usdt: Usdt,
  waits: nullable(Type.String({ description: "null when it goes with the next run" })),
});

const Plan = object({
  state: Type.String(),
  reason: nullable(Type.String()),
  next_run_at: nullable(Time),
  payouts: Type.Array(Planned, { description: "decided and not signed, then those that are due" }),
  going: object({ payouts: Type.Integer(), gross_usdt: Usdt, net_usdt: Usdt, fees_usdt: Usdt }),
  cost: object({
    energy_per_payout: nullable(Type.Integer()),
    burned_trx_per_payout: nullable(Trx),
    staked_trx_per_payout: nullable(Trx),
    run_trx: nullable(Trx),
    break_even_usdt: nullable(Usdt),
    unknown: Unknown,
  }),
  as_of: Time,
});

const Solvency = object({
  held: object({
    usdt: nullable(Usdt),
    trx: nullable(Trx),
    energy: nullable(Type.Integer()),
    bandwidth: nullable(Type.Integer()),
  }),
  owed: object({
    balances_usdt: Usdt,
    in_flight_usdt: Usdt,
    accrued_usdt: Usdt,
    total_usdt: Usdt,
  }),
  covers: nullable(Type.Boolean({ description: "whether the treasury holds all that is owed" })),
  runway: object({
    usdt_days: nullable(
      Type.Number({ description: "what is left after all that is owed, at the policy's budget" }),
    ),
    trx_days: nullable(Type.Number({ description: "all burned, at the pace of the last week" })),
    energy_payouts: nullable(
      Type.Integer({ description: "how many payouts the energy of now is enough for" }),
    ),
  }),
  unknown: Unknown,
  as_of: Time,
});

export const treasuryForecastRoutes = {
  getPayoutPlan: defineRoute({
    operationId: "getPayoutPlan",
    method: "GET",
    path: "/api/v1/payouts/plan",
    tag: "payouts",
    summary: "What the next run would pay and cost, at live prices, before it runs",
    description:
      "With `trx_usdt`, the price of a TRX in USDT, it also tells from which gross on the fee pays what a transfer costs.",
    roles: ["anyone"],
    query: object({ trx_usdt: Type.Optional(UsdtInput) }),
    response: { 200: Plan },
    errors: ["payouts.not_configured"],
  }),
  getSolvency: defineRoute({
    operationId: "getSolvency",
    method: "GET",
    path: "/api/v1/solvency",
    tag: "treasury",
    summary: "What the treasury holds against all that is owed, and for how long it lasts",
    roles: ["anyone"],
    response: { 200: Solvency },
    errors: ["payouts.not_configured"],
  }),
};
