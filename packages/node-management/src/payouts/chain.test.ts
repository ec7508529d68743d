import { ownerAccount } from "@lucid/protocol";
import { afterEach, describe, expect, it } from "vitest";
import { usdt } from "../testing/decision-world.ts";
import { createPayerWorld, type PayerWorld } from "../testing/payer-world.ts";

let world: PayerWorld;
const open = async (options?: Parameters<typeof createPayerWorld>[0]) => {
  world = await createPayerWorld(options);
  return world;
};
afterEach(() => world[Symbol.asyncDispose]());

const all = async () => (await world.start().payouts.list({ limit: 100 })).items;
const ownerOf = (nodeId: string) => world.services.registry.node(nodeId)?.ownerId ?? "";

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
      reason: "the newest block could not be read (no route)",
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
    expect(payer.payouts.state().reason).toBe("an endpoint serves another chain");
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
    await payer.payouts.request();
    await world.finish(payer, 3);
    expect((await payer.payouts.countByState()).confirmed).toBe(1);
    expect(world.devnet.transfers().map(({ amountMicro }) => amountMicro)).toEqual([usdt(10.89)]);
    expect(await payer.ledger.balance(ownerAccount(ownerOf(node.nodeId)))).toBe(0n);
  });

  it("gives back what was reverted, and tries again three times at most, unless a person has looked", async () => {
    const { payer, node } = await sendOne({ kind: "reverted", next: 100 });
    for (let round = 0; round < 6; round++) {
      await payer.payouts.request();
      await world.finish(payer);
    }
    const failed = await all();
    expect(failed.map(({ state, reversal }) => [state, reversal])).toEqual(
      Array.from({ length: 4 }, () => ["failed", "done"]),
    );
    expect(failed[0]?.why).toMatch(/REVERT/);
    const owner = world.services.registry.owner(ownerOf(node.nodeId));
    if (owner === null) throw new Error("no owner");
    expect(await payer.payouts.explainWait(owner)).toContain(
      `once a treasurer has looked: lucid payouts retry ${failed[0]?.id} "<reason>"`,
    );
    expect(await payer.ledger.totals()).toMatchObject({ owedMicro: usdt(10), inFlightMicro: 0n });
    world.devnet.clearFaults();
    const said = { payoutId: failed[0]?.id ?? "", by: "ann", reason: "the token works again" };
    await payer.payouts.decide({ ...said, act: "retry" });
    await payer.payouts.request();
    await world.finish(payer);
    const [paid] = await all();
    expect(paid).toMatchObject({ state: "confirmed" });
    const again = { ...said, payoutId: paid?.id ?? "", act: "retry" } as const;
    expect(await payer.payouts.decide(again)).toMatchObject({ code: "payouts.state" });
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
