import { type Io, type Output, outputOf } from "@lucid/agent";
import type { ResponseOf, Routes } from "@lucid/api";
import { createClient } from "@lucid/api/client";
import { Command } from "commander";
import { signInAsAdmin, type KeyedPlace, type Place } from "../admin/index.ts";
import { type Column, table } from "../lists/index.ts";
import { describeSchedule } from "./payout-state.ts";
import { withKey, withPlace } from "./place.ts";

type Plan = ResponseOf<Routes["getPayoutPlan"]>;
type Solvency = ResponseOf<Routes["getSolvency"]>;
type PlanOptions = Place & { readonly trxPrice?: string };

const TRX_PRICE = "--trx-price <usdt>";
const TRX_PRICE_HELP = "what a TRX costs in USDT, to see from which payout on the fee pays for it";

export const createPlanCommand = (io: Io): Command =>
  withPlace(new Command("plan"))
    .description("what the next run pays and costs at live prices, and how long the treasury lasts")
    .option(TRX_PRICE, TRX_PRICE_HELP)
    .action((options: PlanOptions, command: Command) => showPlan(io, options, command));

type RunOptions = KeyedPlace & PlanOptions & { readonly dryRun?: true };

export const createRunCommand = (io: Io): Command =>
  withKey(new Command("run"))
    .description("run now instead of waiting for the schedule")
    .option("--dry-run", "only show what it would do")
    .option(TRX_PRICE, TRX_PRICE_HELP)
    .action(async (options: RunOptions, command: Command) => {
      if (options.dryRun === true) return showPlan(io, options, command);
      const client = await signInAsAdmin(options);
      const found = await client.call("processPayouts", {});
      outputOf(io, command).result({ event: "run", ...found }, () =>
        found.reason === null ? "payouts run now" : `payouts: ${found.reason}`,
      );
    });

const showPlan = async (io: Io, { service, trxPrice }: PlanOptions, command: Command) => {
  const client = createClient({ baseUrl: service });
  const query = trxPrice === undefined ? {} : { trx_usdt: trxPrice };
  const plan = await client.call("getPayoutPlan", { query });
  const solvency = await client.call("getSolvency", {});
  const output = outputOf(io, command);
  output.result({ event: "plan", ...plan, solvency }, () =>
    [...describePlan(plan, output), ...describeSolvency(solvency)].join("\n"),
  );
};

const known = (figure: string | number | null, unit: string): string =>
  figure === null ? "unknown" : `${figure} ${unit}`;

const columnsOf = ({ state }: Plan): readonly Column<Plan["payouts"][number]>[] => [
  { head: "payout", cell: ({ payout_id }) => payout_id ?? "new" },
  { head: "owner", cell: ({ owner_id }) => owner_id },
  { head: "USDT", cell: ({ net_usdt }) => net_usdt, right: true },
  { head: "to", cell: ({ recipient }) => recipient },
  {
    head: "waits for",
    cell: ({ waits }) => waits ?? (state === "running" ? "goes" : "goes once payouts run"),
  },
];

const describePlan = (plan: Plan, output: Output): string[] => {
  const { payouts, going, cost } = plan;
  return [
    describeSchedule(plan),
    ...table(payouts, columnsOf(plan), output),
    `the next run pays ${going.net_usdt} USDT in ${going.payouts} payouts and burns ${known(cost.run_trx, "TRX")}`,
    `a payout burns ${known(cost.burned_trx_per_payout, "TRX")}, with the wallet's energy ${known(cost.staked_trx_per_payout, "TRX")}`,
    cost.break_even_usdt === null
      ? "from which payout on the fee pays for it: unknown"
      : `the fee pays for it from a payout of ${cost.break_even_usdt} USDT on`,
    ...cost.unknown.map((why) => `unknown: ${why}`),
  ];
};

const describeSolvency = ({ held, owed, covers, runway, unknown }: Solvency): string[] => [
  `held: ${known(held.usdt, "USDT")}, ${known(held.trx, "TRX")}, ${known(held.energy, "energy")}`,
  `owed: ${owed.total_usdt} USDT (balances ${owed.balances_usdt}, in flight ${owed.in_flight_usdt}, open epoch up to ${owed.accrued_usdt})`,
  `the treasury ${covers === null ? "may or may not cover" : covers ? "covers" : "does not cover"} what is owed`,
  `lasts: USDT ${known(runway.usdt_days, "days")}, TRX ${known(runway.trx_days, "days")}, energy ${known(runway.energy_payouts, "payouts")}`,
  ...unknown.map((why) => `unknown: ${why}`),
];
