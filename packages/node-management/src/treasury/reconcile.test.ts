import { payoutFee, splitPayout } from "@lucid/protocol";
import * as fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { usdt } from "../testing/decision-world.ts";
import { testNetwork, testPolicy } from "../testing/index.ts";
import { createPayerWorld, type PayerProcess, type PayerWorld } from "../testing/payer-world.ts";
import { grossOfNet } from "./adjust.ts";

describe("a comparison of everything", () => {
  let world: PayerWorld;
  afterEach(() => world[Symbol.asyncDispose]());
  const pay = async (payer: PayerProcess) => {
    await payer.payouts.request();
    await world.finish(payer);
  };
  const reconcile = async ({ treasury }: PayerProcess) => {
    const found = await treasury.reconcile();
    if (!found.ok) throw new Error(found.reason);
    return found.result;
  };

  it("finds every payout on the chain, in a node's log and in an account history", async () => {
    world = await createPayerWorld();
    const payer = world.start();
    expect(await payer.treasury.lastReconciliation()).toBeNull();
    for (const name of ["a", "b", "c"]) await world.earn(await world.owner(name), usdt(10));
    await pay(payer);
    expect(await reconcile(payer)).toMatchObject({
      payouts: 3,
      transfers: 3,
      sources: ["log of endpoint 1", "account history of endpoint 1"],
      differences_total: 0,
    });
    expect(await payer.treasury.lastReconciliation()).toMatchObject({ payouts: 3 });
  });

  it("stops payouts by what it finds, until another finds it gone", async () => {
    world = await createPayerWorld();
    const { earn, owner } = world;
    await earn(await owner("a"), usdt(10));
    await pay(world.start());
    const [paid] = world.devnet.transfers();
    const liar = world.start({
      chain: (port) => ({
        ...port,
        historyOut: async (...span) => {
          const told = await (port.historyOut?.(...span) ??
            Promise.reject(new Error("no history")));
          return told.ok ? { ok: true, value: told.value.slice(1) } : told;
        },
      }),
    });
    expect(await reconcile(liar)).toMatchObject({
      differences_total: 1,
      differences: [{ kind: "sources", txid: paid?.txid }],
    });
    await earn(await owner("b"), usdt(20));
    const payer = world.start();
    await pay(payer);
    expect(payer.payouts.state()).toMatchObject({ state: "stopped" });
    expect(world.devnet.transfers()).toHaveLength(1);
    expect(await reconcile(payer)).toMatchObject({ differences_total: 0 });
    await pay(payer);
    expect(world.devnet.transfers()).toHaveLength(2);
  });

  it("says why it could not be made, and keeps the last one", async () => {
    world = await createPayerWorld();
    const payer = world.start();
    await reconcile(payer);
    const html = async () =>
      ({ ok: false, code: "unknown", reason: "not a list of logs: <html>" }) as const;
    const deaf = world.start({ chain: (port) => ({ ...port, transfersOut: html }) });
    expect(await deaf.treasury.reconcile()).toEqual({
      ok: false,
      reason: "not a list of logs: <html>",
    });
    expect(await deaf.treasury.lastReconciliation()).toMatchObject({ differences_total: 0 });
  });
});

describe("what a payout took from a balance", () => {
  const policy = testPolicy(testNetwork());
  const least = BigInt(policy.payout.minimum_micro);

  it("follows from what it paid", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: least, max: 10n ** 11n }), fc.bigInt(), (gross, balance) => {
        const { net } = splitPayout(policy, gross);
        const found = grossOfNet(policy, net, balance);
        expect(found).not.toBeNull();
        expect((found ?? 0n) - payoutFee(policy.payout, found ?? 0n)).toBe(net);
      }),
    );
  });

  it("is the balance when that fits", () => {
    const { net } = splitPayout(policy, 10_000_001n);
    expect(grossOfNet(policy, net, 10_000_001n)).toBe(10_000_001n);
  });
});
