import { afterEach, describe, expect, it } from "vitest";
import { type DecisionWorld, openDecisionWorld, usdt } from "../testing/decision-world.ts";

let t: DecisionWorld;
afterEach(() => t[Symbol.asyncDispose]());
const ownerOf = (nodeId: string) => {
  const owner = t.world.services.registry.owner(
    t.world.services.registry.node(nodeId)?.ownerId ?? "",
  );
  if (owner === null) throw new Error("no owner");
  return owner;
};

describe("a treasury that does not cover what is due", () => {
  it("makes payouts wait, says so to everybody, and goes on once it is topped up", async () => {
    t = await openDecisionWorld(10, { usdtMicro: usdt(9.899999) });
    const short = {
      state: "waiting",
      reason:
        "9.900000 USDT are due and the treasury has 9.899999 USDT; payouts go on once it is topped up",
    };
    expect(await t.all()).toEqual([]);
    expect(t.payer.payouts.state()).toEqual(short);
    await t.runs(2);
    expect(t.payer.payouts.state()).toEqual(short);
    expect(await t.payer.payouts.explainWait(ownerOf(t.node.nodeId))).toMatch(
      /^10.000000 USDT are due; payouts are waiting: 9\.900000 USDT are due and/,
    );
    const txid = await t.world.move("stranger", t.world.wallet, usdt(1));
    await t.runs(1);
    expect(t.payer.payouts.state(), "what came in counts once it is recorded").toMatchObject({
      state: "waiting",
    });
    await t.payer.treasury.record({ txid, reason: "top-up", by: "ann" });
    await t.runs(4);
    expect(t.payer.payouts.state()).toMatchObject({ state: "running" });
    expect(await t.first()).toMatchObject({ state: "confirmed" });
  });

  it("pays nobody rather than some of those who are due", async () => {
    t = await openDecisionWorld(9, { usdtMicro: usdt(15) });
    await t.world.earn(t.node, usdt(1));
    await t.world.earn(t.other, usdt(10));
    await t.payer.payouts.request();
    await t.runs(1);
    expect(await t.all()).toEqual([]);
    expect(t.payer.payouts.state().reason).toMatch(
      /19.800000 USDT are due and the treasury has 15/,
    );
  });
});

describe("an owner's own threshold", () => {
  it("keeps the balance until it is reached, and is said", async () => {
    t = await openDecisionWorld(9);
    const owner = ownerOf(t.node.nodeId);
    await t.payer.payouts.setThreshold(owner.ownerId, usdt(20));
    await t.world.earn(t.node, usdt(10));
    await t.payer.payouts.request();
    await t.runs(1);
    expect(await t.all()).toEqual([]);
    expect(await t.payer.payouts.explainWait(owner)).toBe(
      "The balance is 19.000000 USDT; a payout is made from 20.000000 USDT on (the owner's own threshold).",
    );
    await t.world.earn(t.node, usdt(1));
    await t.payer.payouts.request();
    await t.runs(3);
    expect(await t.first()).toMatchObject({ state: "confirmed", gross_micro: usdt(20) });
    expect(await t.payer.payouts.threshold(owner.ownerId)).toBe(usdt(20));
  });
});
