import { ownerAccount } from "@lucid/protocol";
import { afterEach, describe, expect, it } from "vitest";
import { usdt } from "../testing/decision-world.ts";
import { BLOCK_MS } from "../testing/payer-process.ts";
import {
  createPayerWorld,
  PERIOD_MS,
  type PayerWorld,
  SOLID_AFTER,
} from "../testing/payer-world.ts";
import { payoutDayCollection } from "./days.ts";
import { payoutCollection } from "./documents.ts";
import { dayOf } from "./rules.ts";

const DAY_MS = 86_400_000;

let world: PayerWorld;
const open = async (options?: Parameters<typeof createPayerWorld>[0]) => {
  world = await createPayerWorld(options);
  return world;
};
afterEach(() => world[Symbol.asyncDispose]());

const all = async () => (await world.start().payouts.list({ limit: 100 })).items;
const ownerOf = (nodeId: string) => world.services.registry.node(nodeId)?.ownerId ?? "";

describe("a payout", () => {
  it("goes from the debit to a solidified transfer, and says so at each step", async () => {
    const { devnet, earn, owner } = await open();
    const node = await owner("a");
    await earn(node, usdt(10));
    const payer = world.start();
    await payer.run();
    const [sent] = await all();
    expect(sent).toMatchObject({ state: "broadcast", attempt: 1, net_micro: usdt(9.9) });
    expect(devnet.transfers()).toEqual([]);

    await world.finish(payer);
    const [paid] = await all();
    expect(paid).toMatchObject({ state: "confirmed", fee_micro: usdt(0.1), reversal: "none" });
    expect(paid?.why).toMatch(/^Paid: 9.900000 USDT are transferred in solidified block \d+\.$/);
    expect(devnet.transfers()).toMatchObject([
      { from: world.wallet, to: node.address, amountMicro: usdt(9.9), txid: paid?.txid },
    ]);
    expect(await payer.ledger.totals()).toMatchObject({
      owedMicro: 0n,
      paidOutMicro: usdt(10),
      inFlightMicro: usdt(9.9),
      feesMicro: usdt(0.1),
    });
    expect(await payer.ledger.verify()).toMatchObject({ ok: true });
  });

  it("is made from the threshold on, and not before", async () => {
    const { earn, owner } = await open();
    const node = await owner("a");
    await earn(node, usdt(10) - 1n);
    const payer = world.start();
    await payer.run();
    expect(await all()).toEqual([]);
    const rich = world.services.registry.owner(ownerOf(node.nodeId));
    if (rich === null) throw new Error("no owner");
    expect(await payer.payouts.explainWait(rich)).toBe(
      "The balance is 9.999999 USDT; a payout is made from 10.000000 USDT on.",
    );
    await earn(node, 1n);
    expect(await payer.payouts.explainWait(rich)).toMatch(
      /^10.000000 USDT are due and go with the next run, at 2024-01-01 \d\d:\d\d:\d\d UTC.$/,
    );
    await payer.payouts.request();
    await payer.run();
    expect(await all()).toHaveLength(1);
  });

  it("pays an owner whose nodes are all retired down to the minimum", async () => {
    const { earn, owner, services } = await open();
    const node = await owner("a");
    await earn(node, usdt(1));
    await services.registry.changeStanding(node.nodeId, {
      standing: "retired",
      reason: "gone",
      by: "owner",
    });
    await services.clock.advance(services.network.genesis.slot_ms);
    await world.start().run();
    expect(await all()).toMatchObject([{ gross_micro: usdt(1), net_micro: usdt(0.9) }]);
  });

  it("is cut to the hour's cap, and the rest follows in the next hour without a threshold", async () => {
    const { earn, owner } = await open({
      rules: { hour_cap_micro: "60000000", maximum_micro: "60000000" },
    });
    const node = await owner("a");
    await earn(node, usdt(65));
    const payer = world.start();
    await world.finish(payer);
    expect(await all()).toMatchObject([{ gross_micro: usdt(60), state: "confirmed" }]);
    const hour = world.services.clock;
    await payer.payouts.request();
    await payer.run();
    expect(await all()).toHaveLength(1);
    await hour.advance(PERIOD_MS);
    await world.mine(SOLID_AFTER + 1);
    await payer.run();
    expect(await all()).toMatchObject([{ gross_micro: usdt(5) }, { gross_micro: usdt(60) }]);
  });

  it("is not made by a run that is not due, unless it is asked for", async () => {
    const { earn, owner } = await open();
    const payer = world.start();
    await payer.run();
    await earn(await owner("a"), usdt(10));
    await payer.run();
    expect(await all()).toEqual([]);
    await payer.payouts.request();
    await payer.run();
    expect(await all()).toHaveLength(1);
  });

  it("has a transaction of its own, also beside one of the same amount to the same address", async () => {
    const { devnet, earn, owner, store } = await open();
    const node = await owner("a");
    await earn(node, usdt(10));
    const payer = world.start();
    await payer.run();
    const [sent] = await all();
    // One that is given up for now holds up nobody.
    const parked = { parked: true };
    await store.collection(payoutCollection).update(sent?.id ?? "", parked, { expect: {} });
    await earn(node, usdt(10));
    await payer.payouts.request();
    await payer.run();
    expect((await all())[0]).toMatchObject({
      state: "approved",
      why: "waits: the next block, so that its transfer has an id of its own",
    });
    await world.finish(payer);
    expect(await all()).toMatchObject([{ state: "confirmed" }, { state: "confirmed" }]);
    expect(new Set(devnet.transfers().map(({ txid }) => txid)).size).toBe(2);
  });

  it("goes to those first who waited longest, ten at a time", async () => {
    const { earn, owner } = await open();
    const nodes = [];
    for (let n = 0; n < 12; n++) nodes.push(await owner(String(n)));
    for (const node of nodes.toReversed()) await earn(node, usdt(10));
    const payer = world.start();
    await payer.run();
    const first = (await all()).map(({ recipient }) => recipient);
    expect(first).toHaveLength(10);
    expect(new Set(first)).toEqual(new Set(nodes.slice(2).map(({ address }) => address)));
    await world.finish(payer);
    expect((await payer.payouts.countByState()).confirmed).toBe(12);
  });

  it("that something of its own keeps from being signed holds up others for a period at most", async () => {
    const { earn, owner } = await open({ chain: "in memory" });
    const stuck = new Set<string>();
    for (let n = 0; n < 10; n++) {
      const node = await owner(String(n));
      stuck.add(node.address);
      await earn(node, usdt(10));
    }
    const payer = world.start({
      chain: (port) => ({
        ...port,
        estimateEnergy: (from, to, amount) =>
          stuck.has(to)
            ? Promise.resolve({ ok: false, code: "unknown", reason: "REVERT" })
            : port.estimateEnergy(from, to, amount),
      }),
    });
    await payer.run();
    const later = await owner("later");
    await earn(later, usdt(10));
    await payer.payouts.request();
    await payer.run();
    expect(await payer.payouts.countByState()).toMatchObject({ approved: 10, broadcast: 0 });
    await world.mine(Math.ceil(PERIOD_MS / BLOCK_MS) + 1);
    await payer.run();
    const sent = (await all()).filter(({ state }) => state === "broadcast");
    expect(sent).toMatchObject([{ recipient: later.address }]);
  });
});

describe("a person", () => {
  it.each([
    ["manual", {}, "waits: this network's payouts are approved by a person"],
    [
      "oversight",
      { oversight_above_micro: "15000000" },
      "waits: two people have to approve 20.000000 USDT, which is more than 15.000000 USDT",
    ],
  ] as const)("has to approve in mode %s", async (mode, rules, why) => {
    const { earn, owner } = await open({ rules: { mode, ...rules } });
    await earn(await owner("a"), usdt(20));
    const payer = world.start();
    await world.finish(payer, 3);
    expect(await all()).toMatchObject([{ state: "created", why, attempt: 0 }]);
    expect(world.devnet.transfers()).toEqual([]);
  });

  it("is not asked below the limit of oversight", async () => {
    const { earn, owner } = await open({
      rules: { mode: "oversight", oversight_above_micro: "15000000" },
    });
    await earn(await owner("a"), usdt(15));
    await world.finish(world.start());
    expect(await all()).toMatchObject([{ state: "confirmed" }]);
  });
});

describe("caps", () => {
  it.each([
    ["day_cap_micro", "25000000", /today's limit of 25.000000 USDT/],
    ["hour_cap_micro", "25000000", /this hour's limit of 25.000000 USDT/],
    ["day_count", 2, /today's limit of 2 payouts/],
  ])("of the policy hold over all payouts: %s", async (cap, value, reason) => {
    const { earn, owner } = await open({ rules: { maximum_micro: "20000000", [cap]: value } });
    const nodes = [await owner("a"), await owner("b"), await owner("c")];
    for (const node of nodes) await earn(node, usdt(10));
    const payer = world.start();
    await world.finish(payer);
    expect((await payer.payouts.countByState()).confirmed).toBe(2);
    const last = world.services.registry.owner(ownerOf(nodes[2]?.nodeId ?? ""));
    if (last === null) throw new Error("no owner");
    expect(await payer.payouts.explainWait(last)).toMatch(reason);
    expect(await payer.ledger.balance(ownerAccount(last.ownerId))).toBe(usdt(10));
  });

  it("of a full day leave a decided payout to the next one, and each day counts its own", async () => {
    const { earn, owner, store, services } = await open({
      rules: { mode: "manual", day_count: 1 },
    });
    for (const name of ["a", "b"]) await earn(await owner(name), usdt(10));
    const payer = world.start();
    await payer.run();
    for (const { id: payoutId } of await all())
      await payer.payouts.decide({ payoutId, act: "approve", by: "ann", reason: "so be it" });
    const today = dayOf(services.clock.now());
    await world.finish(payer, 3);
    expect(await all()).toMatchObject([
      {
        state: "created",
        why: expect.stringMatching(/^waits: today's limit of 1 payouts/) as string,
      },
      { state: "confirmed", day: today },
    ]);
    await services.clock.advance(DAY_MS);
    await world.mine(SOLID_AFTER + 1);
    await world.finish(payer, 3);
    const tomorrow = dayOf(services.clock.now());
    expect(await all()).toMatchObject([{ state: "confirmed", day: tomorrow }, { day: today }]);
    const days = store.collection(payoutDayCollection);
    for (const payout of await all())
      expect((await days.get(payout.day ?? ""))?.reservations).toMatchObject([
        { payout_id: payout.id },
      ]);
  });
});
