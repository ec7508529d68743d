import { afterEach, describe, expect, it } from "vitest";
import { type DecisionWorld, openDecisionWorld, usdt } from "../testing/decision-world.ts";

let t: DecisionWorld;
afterEach(() => t[Symbol.asyncDispose]());

const OVERSIGHT = { mode: "oversight", oversight_above_micro: "15000000" } as const;

describe("approval", () => {
  it("takes one person where every payout waits for one", async () => {
    t = await openDecisionWorld(10, {
      rules: { mode: "manual", oversight_above_micro: "15000000" },
    });
    expect(await t.say("approve", "ann")).toMatchObject({ outcome: "taken" });
    await t.runs(3);
    const paid = await t.first();
    expect(paid).toMatchObject({ state: "confirmed", net_micro: usdt(9.9) });
    expect(paid.decisions).toMatchObject([{ act: "approve", by: "ann", reason: "so it shall be" }]);
  });

  it("takes two different people above the limit", async () => {
    t = await openDecisionWorld(20, { rules: OVERSIGHT });
    expect((await t.first()).why).toMatch(/^waits: two people have to approve 20.000000 USDT/);
    await t.say("approve", "ann");
    expect(await t.say("approve", "ann")).toMatchObject({ outcome: "present" });
    await t.payer.run();
    expect(await t.first()).toMatchObject({ state: "created" });
    expect((await t.first()).why).toMatch(/^waits: ann approved it, and a second person/);
    await t.say("approve", "bob");
    await t.runs(3);
    expect(await t.first()).toMatchObject({ state: "confirmed" });
    expect(t.world.devnet.transfers()).toHaveLength(1);
  });

  it("is of one recipient, net and attempt", async () => {
    t = await openDecisionWorld(20, { rules: OVERSIGHT });
    const { recipient, net_micro } = await t.first();
    for (const other of [
      { recipient: t.world.stranger },
      { netMicro: net_micro + 1n },
      { attempt: 2 },
    ])
      expect(await t.say("approve", "ann", other)).toMatchObject({ code: "payouts.changed" });
    const exact = { recipient, netMicro: net_micro, attempt: 1 };
    expect(await t.say("approve", "ann", exact)).toMatchObject({ outcome: "taken" });
  });

  it("lapses with the attempt that it was for", async () => {
    t = await openDecisionWorld(20, { rules: OVERSIGHT }, { endpoints: 2 });
    t.world.devnet.fault({ kind: "never_included" });
    await t.say("approve", "ann");
    await t.say("approve", "bob");
    await t.payer.run();
    expect(await t.first()).toMatchObject({ state: "broadcast", attempt: 1 });
    await t.world.mine(70);
    await t.runs(2);
    expect(await t.first()).toMatchObject({ state: "expired" });
    expect((await t.first()).why).toMatch(/^waits: two people have to approve/);
    await t.say("approve", "ann");
    await t.say("approve", "bob");
    await t.runs(3);
    expect(await t.first()).toMatchObject({ state: "confirmed", attempt: 2 });
  });

  it("lifts the hour's cap for its payout, and does not count in it", async () => {
    const rules = { ...OVERSIGHT, hour_cap_micro: "15000000" };
    t = await openDecisionWorld(40, { rules });
    await t.say("approve", "ann");
    await t.say("approve", "bob");
    await t.runs(3);
    expect(await t.first()).toMatchObject({ state: "confirmed", gross_micro: usdt(40) });
    await t.world.earn(t.other, usdt(15));
    await t.payer.payouts.request();
    await t.runs(3);
    expect((await t.all()).map(({ state }) => state)).toEqual(["confirmed", "confirmed"]);
  });

  it("is refused where nobody is asked", async () => {
    t = await openDecisionWorld(10, { trxSun: 1n });
    expect(await t.say("approve", "ann")).toMatchObject({
      outcome: "refused",
      code: "payouts.state",
    });
  });
});

describe("cancelling", () => {
  it("gives back what is not signed yet, once, and pays it when it is due again", async () => {
    t = await openDecisionWorld(20, { rules: OVERSIGHT });
    expect(await t.say("cancel", "ann")).toMatchObject({ outcome: "taken" });
    expect(await t.say("approve", "bob")).toMatchObject({ code: "payouts.state" });
    await t.payer.run();
    await t.payer.run();
    expect(await t.first()).toMatchObject({ state: "cancelled", reversal: "done" });
    expect((await t.first()).why).toMatch(/^Cancelled by ann: so it shall be/);
    expect(await t.balance()).toBe(usdt(20));
    expect(await t.payer.ledger.verify()).toMatchObject({ ok: true });
    await t.world.services.clock.advance(1);
    await t.payer.payouts.request();
    await t.payer.run();
    expect((await t.all()).map(({ state }) => state)).toEqual(["created", "cancelled"]);
  });

  it("is refused once it is signed", async () => {
    t = await openDecisionWorld(10);
    expect(await t.say("cancel", "ann")).toMatchObject({ code: "payouts.state" });
    await t.runs(3);
    expect(await t.say("cancel", "ann")).toMatchObject({ code: "payouts.state" });
    expect(await t.first()).toMatchObject({ state: "confirmed", decisions: [] });
  });

  it("that is taken while the payer builds the transfer keeps it from being signed", async () => {
    let isBuilding = false;
    t = await openDecisionWorld(
      10,
      {},
      {
        chain: (port) => ({
          ...port,
          balances: async (address) => {
            const found = await port.balances(address);
            if (!found.ok || isBuilding) return found;
            return { ok: true, value: { ...found.value, trxSun: 1n } };
          },
          buildTransfer: async (request) => {
            expect(await t.say("cancel", "ann")).toMatchObject({ outcome: "taken" });
            return port.buildTransfer(request);
          },
        }),
      },
    );
    expect(await t.first()).toMatchObject({ state: "approved" });
    isBuilding = true;
    await t.payer.run();
    expect(await t.first()).toMatchObject({ state: "approved", attempt: 0 });
    const { id } = await t.first();
    await t.world.start().run();
    expect(await t.payer.payouts.get(id)).toMatchObject({ state: "cancelled", reversal: "done" });
    expect(t.world.devnet.transfers()).toEqual([]);
  });

  it("waits while something left the wallet that the books do not know", async () => {
    t = await openDecisionWorld(20, { rules: OVERSIGHT });
    await t.world.move("wallet", t.node.address, usdt(19.8));
    await t.say("cancel", "ann");
    await t.payer.run();
    const waiting = await t.first();
    expect(waiting.state).toBe("created");
    expect(waiting.why).toMatch(/payouts are stopped: 19.800000 USDT left the wallet/);
    expect(await t.balance()).toBe(0n);
  });
});
