import { afterEach, describe, expect, it } from "vitest";
import { makeStatement } from "./statement.ts";
import { type DecisionWorld, openDecisionWorld, usdt } from "../testing/decision-world.ts";
import { SOLID_AFTER } from "../testing/payer-world.ts";

let t: DecisionWorld;
afterEach(() => t[Symbol.asyncDispose]());

describe("a dispute", () => {
  const open = async () => {
    t = await openDecisionWorld(
      10,
      {},
      {
        chain: (port) => ({
          ...port,
          receipt: async (txid) => {
            const found = await port.receipt(txid);
            if (!found.ok || found.value === null) return found;
            return { ok: true, value: { ...found.value, transfers: [] } };
          },
        }),
      },
    );
  };
  const dispute = async () => {
    await open();
    await t.runs(2);
    expect(await t.first()).toMatchObject({ state: "disputed" });
  };
  const back = (amount: number) => ({ backMicro: usdt(amount) });

  it.each([
    [0, 0, 0.1],
    [4, 4, 0.1],
    [10, 10, 0],
  ])("is closed by two people who say the same: %d USDT go back", async (amount, owed, fees) => {
    await dispute();
    await t.say("close", "ann", back(amount));
    expect(await t.say("close", "ann", back(amount))).toMatchObject({ outcome: "present" });
    await t.payer.run();
    expect(t.payer.payouts.state()).toMatchObject({ state: "stopped" });
    await t.say("close", "bob", back(amount));
    await t.payer.run();
    const closed = await t.first();
    expect(closed).toMatchObject({
      state: "disputed",
      closed: { by: ["ann", "bob"], back_micro: usdt(amount) },
    });
    expect(await t.balance()).toBe(usdt(owed));
    expect(await t.payer.ledger.totals()).toMatchObject({
      inFlightMicro: 0n,
      feesMicro: usdt(fees),
    });
    expect(await t.payer.ledger.verify()).toMatchObject({ ok: true });
    const { owner_id } = closed;
    const epochs = { document: async () => null, result: async () => null };
    expect(await makeStatement({ ...t.payer, epochs }, owner_id, {})).toMatchObject({
      closingMicro: usdt(owed),
      inFlightMicro: 0n,
      feesMicro: usdt(fees),
    });
    expect(await t.say("close", "eve", back(amount))).toMatchObject({ code: "payouts.state" });
    await t.payer.payouts.request();
    await t.world.mine(1);
    await t.payer.run();
    expect(t.payer.payouts.state()).toMatchObject({ state: "running" });
  });

  it("is not closed by two people who say different things, and not for more than was taken", async () => {
    await dispute();
    expect(await t.say("close", "ann", back(10.000001))).toMatchObject({ code: "payouts.amount" });
    await t.say("close", "ann", back(0));
    await t.say("close", "bob", back(10));
    await t.payer.run();
    expect((await t.first()).closed).toBeUndefined();
    await t.say("close", "ann", back(10));
    await t.payer.run();
    expect((await t.first()).closed).toMatchObject({ back_micro: usdt(10) });
  });

  it("stays closed as it was agreed first, also when words change before the payer says so", async () => {
    await dispute();
    for (const by of ["ann", "bob"]) await t.say("close", by, back(4));
    const dying = t.world.start({
      documents: (store) => ({
        collection: (definition) => {
          const collection = store.collection(definition);
          if (definition.name !== "payouts") return collection;
          const update: typeof collection.update = (id, patch, options) =>
            "closed" in patch
              ? Promise.reject(new Error("killed"))
              : collection.update(id, patch, options);
          return { ...collection, update };
        },
      }),
    });
    await expect(dying.run()).rejects.toThrow("killed");
    expect(await t.balance()).toBe(usdt(4));
    for (const by of ["ann", "bob"])
      expect(await t.say("close", by, back(6))).toMatchObject({ code: "payouts.state" });
    await t.world.start().run();
    expect((await t.first()).closed).toMatchObject({ back_micro: usdt(4) });
    expect(await t.balance()).toBe(usdt(4));
  });

  it("is closed by a word that somebody came back to", async () => {
    await dispute();
    for (const amount of [4, 5, 4]) await t.say("close", "ann", back(amount));
    await t.say("close", "bob", back(4));
    await t.payer.run();
    expect((await t.first()).closed).toMatchObject({ back_micro: usdt(4) });
  });

  it("keeps everybody else from being paid from the run on that finds it", async () => {
    await open();
    await t.world.mine(SOLID_AFTER + 1);
    await t.world.earn(t.other, usdt(10));
    await t.payer.payouts.request();
    await t.payer.run();
    expect(await t.all()).toMatchObject([{ state: "disputed" }]);
    expect(t.payer.payouts.state()).toMatchObject({ state: "stopped" });
  });

  it("that is not there cannot be closed", async () => {
    t = await openDecisionWorld(10);
    expect(await t.say("close", "ann", back(0))).toMatchObject({ code: "payouts.state" });
  });
});
