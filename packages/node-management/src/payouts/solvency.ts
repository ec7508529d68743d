import { epochOf, firstSlotOf, slotAt } from "@lucid/protocol";
import { askAny } from "./ask.ts";
import type { PayerContext } from "./contract.ts";
import { readCosts } from "./costs.ts";
import { policyNow } from "./policy.ts";

const DAY_MS = 86_400_000;
/** Days over which the pace of payouts is measured. */
const PACE_DAYS = 7;

/** What the treasury has against what it owes; amounts in micro-USDT and sun. Null is unknown, `unknown` says why. */
export type Solvency = {
  readonly held: {
    readonly usdtMicro: bigint | null;
    readonly trxSun: bigint | null;
    readonly energy: bigint | null;
    readonly bandwidth: bigint | null;
  };
  readonly owed: {
    readonly balancesMicro: bigint;
    readonly inFlightMicro: bigint;
    /** The open epoch's budget so far: the most that it can add. */
    readonly accruedMicro: bigint;
    readonly totalMicro: bigint;
  };
  readonly covers: boolean | null;
  readonly runwayDays: {
    readonly usdt: number | null;
    readonly trx: number | null;
    /** For how many payouts the energy of today is enough. */
    readonly energyPayouts: number | null;
  };
  readonly unknown: readonly string[];
};

export type SolvencyContext = Pick<
  PayerContext,
  "ledger" | "network" | "clock" | "policies" | "payouts" | "payer" | "treasury"
>;

export const readSolvency = async (context: SolvencyContext): Promise<Solvency> => {
  const wallet = context.payer.signer.address;
  const owed = await readOwed(context);
  const balances = await askAny(context, "the wallet's balance", (chain) => chain.balances(wallet));
  const unrecorded = await context.treasury.unrecordedMicro(wallet);
  const costs = await readCosts(context, []);
  const usdtMicro = balances.ok ? balances.value.tokenMicro - unrecorded : null;
  const trxSun = balances.ok ? balances.value.trxSun : null;
  const energy = costs.resources?.energy ?? null;
  const perDay = await readPace(context);
  return {
    held: { usdtMicro, trxSun, energy, bandwidth: costs.resources?.bandwidth ?? null },
    owed,
    covers: usdtMicro === null ? null : usdtMicro >= owed.totalMicro,
    runwayDays: {
      usdt: usdtMicro === null ? null : daysOf(usdtMicro - owed.totalMicro, budgetPerDay(context)),
      trx:
        trxSun === null || costs.burnedSun === null || perDay === null
          ? null
          : daysOf(trxSun, Number(costs.burnedSun) * perDay),
      energyPayouts:
        energy === null || costs.energy === null || costs.energy === 0n
          ? null
          : Number(energy / costs.energy),
    },
    unknown: [
      ...(balances.ok ? [] : [balances.why]),
      ...costs.unknown,
      ...(perDay === null
        ? [
            `no payout was decided in the last ${PACE_DAYS} days, so nobody knows how many a day there are`,
          ]
        : []),
    ],
  };
};

const readOwed = async (context: SolvencyContext): Promise<Solvency["owed"]> => {
  const { ledger, network, clock, payouts } = context;
  const [totals, [confirmed]] = await Promise.all([
    ledger.totals(),
    payouts.sum({ where: { state: "confirmed" }, field: "net_micro" }),
  ]);
  const { genesis } = network;
  const slot = slotAt(genesis, clock.now());
  const passed = BigInt(slot - firstSlotOf(genesis, epochOf(genesis, slot)));
  const budget = BigInt(policyNow(context).epoch_budget_micro);
  const balancesMicro = totals.owedMicro;
  const inFlightMicro = totals.inFlightMicro - (confirmed?.sum ?? 0n);
  const accruedMicro = (budget * passed) / BigInt(genesis.slots_per_epoch);
  return {
    balancesMicro,
    inFlightMicro,
    accruedMicro,
    totalMicro: balancesMicro + inFlightMicro + accruedMicro,
  };
};

/** What the policy lets owners earn in a day, micro-USDT. */
const budgetPerDay = (context: SolvencyContext): number => {
  const { slot_ms, slots_per_epoch } = context.network.genesis;
  const epochsPerDay = DAY_MS / (slot_ms * slots_per_epoch);
  return Number(policyNow(context).epoch_budget_micro) * epochsPerDay;
};

/** Payouts a day, as of late; null when there were none. */
const readPace = async ({ payouts, clock }: SolvencyContext): Promise<number | null> => {
  const sinceMs = clock.now() - PACE_DAYS * DAY_MS;
  const count = await payouts.count({ where: { created_at: { gte: sinceMs } } });
  return count === 0 ? null : count / PACE_DAYS;
};

/** Whole tenths of days that an amount lasts; 0 when it is used up, null when nothing uses it. */
const daysOf = (amount: bigint, perDay: number): number | null => {
  if (perDay <= 0) return null;
  return Math.max(0, Math.floor((Number(amount) / perDay) * 10) / 10);
};
