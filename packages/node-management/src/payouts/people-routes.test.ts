import { afterEach, describe, expect, it } from "vitest";
import { type DecisionWorld, openDecisionWorld, usdt } from "../testing/decision-world.ts";
import { servePayer } from "../testing/serve-payer.ts";
import { breakEvenMicro } from "./plan.ts";

let stack = new AsyncDisposableStack();
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
  stack = new AsyncDisposableStack();
});

const serve = async (...options: Parameters<typeof openDecisionWorld>) => {
  const t: DecisionWorld = stack.use(await openDecisionWorld(...options));
  const { as } = stack.use(await servePayer(t));
  return { t, as };
};

const OVERSIGHT = { mode: "oversight", oversight_above_micro: "15000000" } as const;

describe("deciding over the API", () => {
  it("takes what two people say about the payout as it is shown, with who, when and why", async () => {
    const { t, as } = await serve(20, { rules: OVERSIGHT });
    const [payout] = (await as("ann").call("listPayouts", { query: {} })).items;
    const {
      payout_id = "",
      recipient = "",
      net_usdt = "",
      attempt_to_decide: attempt = 0,
    } = payout ?? {};
    const params = { payout_id };
    const body = { recipient, net_usdt, attempt };
    const once = await as("ann").call("approvePayout", { params, body });
    expect(once).toMatchObject({ state: "created", decisions: [{ act: "approve", by: "ann" }] });
    await expect(
      as("bob").call("approvePayout", { params, body: { ...body, net_usdt: "19.9" } }),
    ).rejects.toMatchObject({ code: "payouts.changed" });
    await as("bob").call("approvePayout", { params, body: { ...body, reason: "looked at it" } });
    await t.runs(3);
    expect(await as("ann").call("getPayout", { params })).toMatchObject({
      state: "confirmed",
      decisions: [
        { by: "ann", reason: "approved", give_back_usdt: null },
        { by: "bob", reason: "looked at it" },
      ],
    });
    const reason = "too late";
    await expect(
      as("ann").call("cancelPayout", { params, body: { reason } }),
    ).rejects.toMatchObject({ code: "payouts.state" });
    await expect(
      as("ann").call("expirePayout", { params, body: { reason, attempt: 1 } }),
    ).rejects.toMatchObject({ code: "payouts.state" });
    await expect(
      as("ann").call("closePayout", { params, body: { reason, give_back_usdt: "0" } }),
    ).rejects.toMatchObject({ code: "payouts.state" });
  });

  it.each(["1.0000001", "-1", "1e3", "0x10", " 1", "01"])(
    "refuses the amount %s",
    async (amount) => {
      const { as, t } = await serve(20, { rules: OVERSIGHT });
      const params = { payout_id: (await t.first()).id };
      await expect(
        as("ann").call("closePayout", { params, body: { reason: "why", give_back_usdt: amount } }),
      ).rejects.toMatchObject({ code: "request.invalid" });
    },
  );
});

describe("the plan", () => {
  it("says what the next run pays and costs before it runs, and what each payout waits for", async () => {
    const rules = { ...OVERSIGHT, owner_day_count: 5, day_count: 1 };
    const { t, as } = await serve(20, { rules });
    await t.world.earn(t.other, usdt(10));
    const plan = await as("ann").call("getPayoutPlan", { query: { trx_usdt: "0.3" } });
    expect(plan.payouts).toMatchObject([
      { gross_usdt: "20.000000", waits: expect.stringContaining("two people") as string },
      { payout_id: null, gross_usdt: "10.000000", net_usdt: "9.900000", waits: null },
    ]);
    expect(plan.going).toMatchObject({ payouts: 1, net_usdt: "9.900000", fees_usdt: "0.100000" });
    expect(plan.cost.unknown).toEqual([]);
    const { burned_trx_per_payout, run_trx, break_even_usdt } = plan.cost;
    expect(Number(run_trx)).toBeLessThanOrEqual(Number(burned_trx_per_payout));
    const breakEven = Number(break_even_usdt);
    expect(breakEven * 0.01).toBeGreaterThanOrEqual(Number(burned_trx_per_payout) * 0.3 - 1e-6);

    const before = t.world.devnet.transfers().length;
    await t.payer.payouts.request();
    await t.runs(3);
    expect(t.world.devnet.transfers().length - before).toBe(plan.going.payouts);
    const spent = (await t.all()).reduce((sum, { fee_sun = 0n }) => sum + fee_sun, 0n);
    expect(Number(spent) / 1e6).toBeLessThanOrEqual(Number(run_trx));
    expect(spent).toBeGreaterThan(0n);
  });

  it("shows what cannot be read as unknown, never as nothing", async () => {
    const deaf = { ok: false, code: "unreachable", reason: "no route" } as const;
    const { as } = await serve(
      5,
      {},
      { chain: (port) => ({ ...port, prices: async () => deaf, balances: async () => deaf }) },
    );
    const { cost } = await as("ann").call("getPayoutPlan", { query: {} });
    expect(cost).toMatchObject({ burned_trx_per_payout: null, run_trx: null });
    expect(cost.unknown[0]).toMatch(/prices of the chain could not be read \(no route\)/);
    const solvency = await as("ann").call("getSolvency");
    expect(solvency).toMatchObject({
      held: { usdt: null, trx: null },
      covers: null,
      runway: { usdt_days: null, trx_days: null },
    });
    expect(solvency.unknown.join()).toMatch(/wallet's balance could not be read/);
  });

  it("knows from which gross on a fee pays what a transfer costs", async () => {
    const { t } = await serve(5);
    const { payout } = t.world.services.policies.forSlot(0);
    expect(breakEvenMicro(payout, usdt(0.1))).toBe(BigInt(payout.minimum_micro));
    expect(breakEvenMicro(payout, usdt(0.3))).toBe(usdt(29.9999) + 1n);
    expect(breakEvenMicro(payout, usdt(10))).toBe(usdt(999.9999) + 1n);
    expect(breakEvenMicro(payout, usdt(10.000001))).toBeNull();
  });
});

describe("solvency", () => {
  it("compares what is held with balances, what is in flight and the open epoch", async () => {
    const { t, as } = await serve(20, { usdtMicro: usdt(100), rules: OVERSIGHT });
    await t.world.earn(t.other, usdt(3));
    const found = await as("ann").call("getSolvency");
    expect(found).toMatchObject({
      held: { usdt: "100.000000" },
      owed: { balances_usdt: "3.000000", in_flight_usdt: "19.800000" },
    });
    const { balances_usdt, in_flight_usdt, accrued_usdt, total_usdt } = found.owed;
    expect(Number(balances_usdt) + Number(in_flight_usdt) + Number(accrued_usdt)).toBeCloseTo(
      Number(total_usdt),
      6,
    );
    expect(found.covers).toBe(Number(total_usdt) <= 100);
    expect(found.runway.trx_days).toBeGreaterThan(0);
  });
});
