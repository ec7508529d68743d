import { ownerAccount } from "@lucid/protocol";
import { afterEach, describe, expect, it } from "vitest";
import { createPayerWorld, PERIOD_MS, type PayerWorld } from "../testing/payer-world.ts";

let world: PayerWorld;
const open = async (options?: Parameters<typeof createPayerWorld>[0]) => {
  world = await createPayerWorld(options);
  return world;
};
afterEach(() => world[Symbol.asyncDispose]());

const usdt = (amount: number) => BigInt(amount * 1_000_000);
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
    expect(await payer.payouts.explainWait(rich)).toBe(
      "10.000000 USDT are due and go with the next run.",
    );
    payer.payouts.request();
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

  it("leaves to a person what is cut off by the hour's cap, and pays the rest without a threshold", async () => {
    const { earn, owner } = await open({
      rules: { hour_cap_micro: "60000000", maximum_micro: "60000000" },
    });
    const node = await owner("a");
    await earn(node, usdt(65));
    const payer = world.start();
    await world.finish(payer);
    expect(await all()).toMatchObject([{ gross_micro: usdt(60), state: "confirmed" }]);
    const hour = world.services.clock;
    payer.payouts.request();
    await payer.run();
    expect(await all()).toHaveLength(1);
    await hour.advance(PERIOD_MS);
    await world.mine(1);
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
    payer.payouts.request();
    await payer.run();
    expect(await all()).toHaveLength(1);
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
});

describe("a person", () => {
  it.each([
    ["manual", {}, "waits: this network's payouts are approved by a person"],
    [
      "oversight",
      { oversight_above_micro: "15000000" },
      "waits: a person has to approve 20.000000 USDT, which is more than 15.000000 USDT",
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
});

describe("gates", () => {
  const gate = async (
    options: Parameters<typeof createPayerWorld>[0],
    shut: () => void | Promise<void>,
  ) => {
    const { earn, owner } = await open(options);
    await earn(await owner("a"), usdt(10));
    await shut();
    const payer = world.start();
    await payer.run();
    const [payout] = await all();
    return { payer, payout, reason: payer.payouts.state().reason };
  };

  it.each([
    ["paused", { paused: true }, "waits: the token contract is paused"],
    ["deprecated", { deprecated: true }, "waits: the token contract is deprecated"],
    ["fee", { basisPointsRate: 1 }, "waits: the token takes a fee of its own on transfers"],
  ])("stop the run for a token that is %s, and open again", async (_, change, reason) => {
    const found = await gate({}, () => world.devnet.setToken(change));
    expect(found).toMatchObject({ payout: undefined, reason });
    world.devnet.setToken({ paused: false, deprecated: false, basisPointsRate: 0 });
    await world.finish(found.payer);
    expect(await all()).toMatchObject([{ state: "confirmed" }]);
  });

  it("stop the run when the wallet is on the blacklist", async () => {
    const { reason } = await gate({}, () => world.devnet.setToken({ blacklist: [world.wallet] }));
    expect(reason).toBe("waits: the wallet is on the token's blacklist");
  });

  it("stop the run when the chain and the clock are apart", async () => {
    const { reason, payout } = await gate({}, () => world.services.clock.advance(60_001));
    expect(reason).toMatch(/more than 60 s apart/);
    expect(payout).toBeUndefined();
  });

  it("leave a payout approved when the wallet does not cover it", async () => {
    const { payout, payer } = await gate({ usdtMicro: usdt(9.8) }, () => {});
    expect(payout).toMatchObject({
      state: "approved",
      attempt: 0,
      why: "waits: the wallet has 9.800000 USDT that are not on their way already, and 9.900000 USDT are needed",
    });
    expect(payer.payouts.state()).toEqual({ state: "running", reason: null });
  });

  it("leave a payout approved when the wallet cannot burn what it may cost", async () => {
    const { payout } = await gate({ trxSun: 1n }, () => {});
    expect(payout).toMatchObject({ state: "approved", attempt: 0 });
    expect(payout?.why).toMatch(/^waits: the wallet has 0.000001 TRX, and the transfer may burn/);
  });

  it("stay shut when the chain cannot be read", async () => {
    const { earn, owner } = await open();
    await earn(await owner("a"), usdt(10));
    const deaf = { ok: false, code: "unreachable", reason: "no route" } as const;
    const payer = world.start({ chain: (port) => ({ ...port, head: async () => deaf }) });
    await payer.run();
    expect(await all()).toEqual([]);
    expect(payer.payouts.state()).toEqual({
      state: "waiting",
      reason: "waits: the newest block could not be read (no route)",
    });
  });

  it("keep an endpoint of another chain out", async () => {
    const { earn, owner } = await open();
    await earn(await owner("a"), usdt(10));
    const payer = world.start({
      chain: (port) => ({ ...port, genesisBlockId: async () => ({ ok: true, value: "00" }) }),
    });
    await payer.run();
    expect(await all()).toEqual([]);
    expect(payer.payouts.state().reason).toBe("waits: an endpoint serves another chain");
  });
});

describe("what the chain does", () => {
  const sendOne = async (fault: Parameters<PayerWorld["devnet"]["fault"]>[0]) => {
    const { earn, owner, devnet } = await open();
    const node = await owner("a");
    await earn(node, usdt(10));
    devnet.fault(fault);
    const payer = world.start();
    await payer.run();
    return { payer, node };
  };

  it("confirms a transfer whose answer was lost, once", async () => {
    const { payer } = await sendOne({ kind: "answer_lost", next: 3 });
    await world.finish(payer);
    expect(await all()).toMatchObject([{ state: "confirmed" }]);
    expect(world.devnet.transfers()).toHaveLength(1);
  });

  it("never pays again what was never included: it is parked, and the owner's later pay goes on", async () => {
    const { payer, node } = await sendOne({ kind: "never_included" });
    await world.finish(payer, 3);
    expect((await all())[0]?.why).toMatch(/^waits: sent; it counts once its block is solidified/);
    await world.mine(70);
    await world.finish(payer, 3);
    const [parked] = await all();
    expect(parked).toMatchObject({ state: "broadcast", parked: true });
    expect(parked?.why).toMatch(/waits for proof from two endpoints/);
    await world.earn(node, usdt(11));
    payer.payouts.request();
    await world.finish(payer, 3);
    expect((await payer.payouts.countByState()).confirmed).toBe(1);
    expect(world.devnet.transfers().map(({ amountMicro }) => amountMicro)).toEqual([usdt(10.89)]);
    expect(await payer.ledger.balance(ownerAccount(ownerOf(node.nodeId)))).toBe(0n);
  });

  it("gives back what was reverted, and tries again three times at most", async () => {
    const { payer, node } = await sendOne({ kind: "reverted", next: 100 });
    for (let round = 0; round < 6; round++) {
      payer.payouts.request();
      await world.finish(payer);
    }
    const failed = await all();
    expect(failed.map(({ state, reversal }) => [state, reversal])).toEqual(
      Array.from({ length: 4 }, () => ["failed", "done"]),
    );
    expect(failed[0]?.why).toMatch(/REVERT/);
    const owner = world.services.registry.owner(ownerOf(node.nodeId));
    if (owner === null) throw new Error("no owner");
    expect(await payer.payouts.explainWait(owner)).toMatch(/a person has to look/);
    expect(await payer.ledger.totals()).toMatchObject({ owedMicro: usdt(10), inFlightMicro: 0n });
    expect(await payer.ledger.verify()).toMatchObject({ ok: true });
  });

  it("stops everything new when a receipt is not what was meant", async () => {
    const { earn, owner } = await open();
    await earn(await owner("a"), usdt(10));
    const odd = world.start({
      chain: (port) => ({
        ...port,
        receipt: async (txid) => {
          const found = await port.receipt(txid);
          if (!found.ok || found.value === null) return found;
          return { ok: true, value: { ...found.value, transfers: [] } };
        },
      }),
    });
    await world.finish(odd);
    expect(await all()).toMatchObject([{ state: "disputed" }]);
    await earn(await owner("b"), usdt(10));
    const payer = world.start();
    await payer.run();
    expect(await all()).toHaveLength(1);
    expect(payer.payouts.state().reason).toMatch(/disputed/);
  });

  it("counts a revert only when every endpoint shows it", async () => {
    const { earn, owner, devnet } = await open();
    await earn(await owner("a"), usdt(10));
    devnet.fault({ kind: "reverted" });
    let isFirst = true;
    let isBlind = true;
    const payer = world.start({
      endpoints: 2,
      chain: (port) => {
        const knows = isFirst;
        isFirst = false;
        const blind = async () => ({ ok: true, value: null }) as const;
        return { ...port, receipt: (txid) => (knows || !isBlind ? port.receipt(txid) : blind()) };
      },
    });
    await world.finish(payer, 3);
    expect(await all()).toMatchObject([{ state: "broadcast" }]);
    isBlind = false;
    await payer.run();
    expect(await all()).toMatchObject([{ state: "failed", reversal: "done" }]);
  });
});

describe("one payer", () => {
  it("is stopped by a later one, and changes nothing any more", async () => {
    const { earn, owner } = await open();
    await earn(await owner("a"), usdt(10));
    const old = world.start();
    await old.run(1);
    const later = world.start();
    await later.run(2);
    await world.mine(5);
    await expect(old.run(1)).rejects.toMatchObject({ code: "payouts.fenced" });
    expect(await all()).toMatchObject([{ state: "broadcast", fence: 2 }]);
    await later.run(2);
    expect(await all()).toMatchObject([{ state: "confirmed" }]);
    expect(world.devnet.transfers()).toHaveLength(1);
  });
});
