import { afterEach, describe, expect, it } from "vitest";
import { type DecisionWorld, openDecisionWorld, usdt } from "../testing/decision-world.ts";
import type { PayerWorld } from "../testing/payer-world.ts";

let t: DecisionWorld;
afterEach(() => t[Symbol.asyncDispose]());

describe("a transfer that never got in", () => {
  const openLost = async (endpoints: number, start: Parameters<PayerWorld["start"]>[0] = {}) => {
    t = await openDecisionWorld(10, {}, { endpoints, ...start }, ({ devnet }) => {
      devnet.fault({ kind: "never_included" });
    });
    await t.world.mine(70);
  };

  it("is proven dead by two endpoints, and sent in a new attempt, once", async () => {
    await openLost(2);
    const { txid } = await t.first();
    await t.runs(5);
    const paid = await t.first();
    expect(paid).toMatchObject({ state: "confirmed", attempt: 2 });
    expect(paid.expiries).toMatchObject([{ attempt: 1, txid, last_blocks: { length: 2 } }]);
    expect(paid.changes.map(({ state, attempt }) => `${state} ${attempt}`)).toEqual([
      "created 1",
      "approved 1",
      "signed 1",
      "expired 1",
      "approved 2",
      "signed 2",
      "confirmed 2",
    ]);
    expect(t.world.devnet.transfers()).toHaveLength(1);
  });

  it.each([
    [
      "cannot be read",
      () => ({ ok: false, code: "unreachable", reason: "no route" }) as const,
      /no route/,
    ],
    [
      "has a gap",
      (blocks: object[]) => ({ ok: true, value: blocks.toSpliced(5, 1) }),
      /does not follow/,
    ],
    [
      "is of another chain",
      (blocks: object[]) => ({ ok: true, value: blocks.slice(1) }),
      /does not follow/,
    ],
  ])("is not dead while a second endpoint's row %s", async (_, answer, why) => {
    let ports = 0;
    let isLying = false;
    await openLost(2, {
      chain: (port) => {
        const isLiar = ports++ === 1;
        if (!isLiar) return port;
        return {
          ...port,
          solidBlocks: async (from, to) => {
            const page = await port.solidBlocks(from, to);
            return page.ok && isLying ? (answer(page.value) as typeof page) : page;
          },
        };
      },
    });
    isLying = true;
    await t.runs(3);
    expect(await t.first()).toMatchObject({ state: "broadcast", parked: true });
    expect((await t.first()).why).toMatch(why);
    expect(t.world.devnet.transfers()).toEqual([]);
  });

  it("is given up by a person and the one endpoint there is", async () => {
    await openLost(1);
    await t.payer.run();
    expect((await t.first()).why).toMatch(
      /with one endpoint a person decides: lucid payouts expire/,
    );
    await t.say("expire", "ann");
    await t.runs(5);
    const paid = await t.first();
    expect(paid).toMatchObject({ state: "confirmed", attempt: 2 });
    expect(paid.expiries).toMatchObject([{ by: "ann", last_blocks: { length: 1 } }]);
  });

  it("is not given up by a person against what a block shows", async () => {
    t = await openDecisionWorld(
      10,
      {},
      { chain: (port) => ({ ...port, receipt: async () => ({ ok: true, value: null }) }) },
    );
    await t.world.mine(70);
    await t.payer.run();
    await t.say("expire", "ann");
    await t.runs(2);
    expect(await t.first()).toMatchObject({ state: "broadcast", parked: true });
    expect((await t.first()).why).toMatch(/block \d+ holds it/);
    expect(t.world.devnet.transfers()).toHaveLength(1);
  });

  it("is refused while it can still enter the chain", async () => {
    t = await openDecisionWorld(10);
    expect(await t.say("expire", "ann")).toMatchObject({ code: "payouts.state" });
  });

  it("can be cancelled once it is dead, when the next attempt waits", async () => {
    await openLost(2);
    t.world.devnet.setToken({ paused: true });
    await t.runs(2);
    expect(await t.first()).toMatchObject({ state: "expired" });
    await t.say("cancel", "ann");
    await t.payer.run();
    expect(await t.first()).toMatchObject({ state: "cancelled", reversal: "done" });
    expect((await t.first()).changes.at(-1)).toMatchObject({ state: "cancelled", attempt: 2 });
    expect((await t.first()).changes.at(-1)).not.toHaveProperty("txid");
    expect(await t.balance()).toBe(usdt(10));
  });
});
