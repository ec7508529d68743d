import type { ChainPort } from "@lucid/tron";
import { afterEach, describe, expect, it } from "vitest";
import { usdt } from "../testing/decision-world.ts";
import { createPayerWorld, type PayerProcess, type PayerWorld } from "../testing/payer-world.ts";

let world: PayerWorld;
const open = async () => {
  world = await createPayerWorld();
};
afterEach(() => world[Symbol.asyncDispose]());

const list = async ({ payouts }: PayerProcess) => (await payouts.list({ limit: 100 })).items;

describe("an endpoint", () => {
  const paying = async (chain: (port: ChainPort) => ChainPort, endpoints = 1) => {
    await open();
    await world.start().run();
    const payer = world.start({ chain, endpoints });
    await world.earn(await world.owner("a"), usdt(10));
    return payer;
  };
  const nothing: ChainPort["transfersOut"] = async () => ({ ok: true, value: [] });

  it("that hides what left the wallet is told by the balance", async () => {
    const payer = await paying((port) => ({ ...port, transfersOut: nothing, historyOut: null }));
    await world.move("wallet", world.stranger, usdt(5));
    await payer.run();
    expect(payer.payouts.state()).toMatchObject({ state: "stopped" });
    expect(payer.payouts.state().reason).toMatch(
      /holds 999995.000000 USDT .* 1000000.000000 USDT follow/,
    );
    expect(await list(payer)).toEqual([]);
  });

  it("that hides it and lies about the balance is told by the other endpoint", async () => {
    let isFirst = true;
    const payer = await paying((port) => {
      const lies = isFirst;
      isFirst = false;
      const balances: ChainPort["balances"] = async () => ({
        ok: true,
        value: { trxSun: 10n ** 12n, tokenMicro: usdt(1_000_000) },
      });
      return lies ? { ...port, transfersOut: nothing, historyOut: null, balances } : port;
    }, 2);
    const txid = await world.move("wallet", world.stranger, usdt(5));
    await payer.run();
    expect(payer.payouts.state().reason).toContain(txid);
  });

  it("whose log and account history differ opens nothing", async () => {
    const payer = await paying((port) => ({ ...port, transfersOut: nothing }));
    const txid = await world.move("wallet", world.stranger, usdt(5));
    await payer.run();
    expect(payer.payouts.state()).toMatchObject({ state: "waiting" });
    expect(payer.payouts.state().reason).toContain(`the account history shows transaction ${txid}`);
  });

  it("that does not show a payout which the books call paid stops everything", async () => {
    let isBlind = false;
    await open();
    const payer = world.start({
      chain: (port) => ({
        ...port,
        historyOut: null,
        transfersOut: (...range) => (isBlind ? nothing(...range) : port.transfersOut(...range)),
      }),
    });
    await world.earn(await world.owner("a"), usdt(10));
    await payer.run();
    await world.mine(4);
    isBlind = true;
    await payer.run();
    await payer.payouts.request();
    await payer.run();
    expect(await list(payer)).toMatchObject([{ state: "confirmed" }]);
    expect(payer.payouts.state()).toMatchObject({ state: "stopped" });
    expect(payer.payouts.state().reason).toMatch(
      /the books call payout_.* paid .* shows no such Transfer/,
    );
  });

  it("that shows another history stops payouts", async () => {
    const payer = await paying((port) => ({
      ...port,
      solidBlocks: async (from, to) => {
        const blocks = await port.solidBlocks(from, to);
        if (!blocks.ok) return blocks;
        return { ok: true, value: blocks.value.map((block) => ({ ...block, id: "0".repeat(64) })) };
      },
    }));
    await world.mine(2);
    await payer.run();
    expect(payer.payouts.state()).toMatchObject({ state: "stopped" });
    expect(payer.payouts.state().reason).toMatch(/is another block now/);
  });

  it("that is an hour behind opens nothing", async () => {
    const payer = await paying((port) => port);
    await world.services.clock.advance(3_600_000);
    world.devnet.mine(1);
    await payer.run();
    expect(payer.payouts.state()).toMatchObject({ state: "waiting" });
    expect(payer.payouts.state().reason).toMatch(/minutes old/);
    expect(await list(payer)).toEqual([]);
  });

  it.each([
    ["{}", "transfersIn"],
    ["HTML", "transfersOut"],
    ["no history", "solidBlocks"],
    ["no balance", "balances"],
  ] as const)("that answers %s opens nothing", async (shape, question) => {
    const unknown = async () =>
      ({ ok: false, code: "unknown", reason: `not a reply: ${shape}` }) as const;
    const payer = await paying((port) => ({ ...port, [question]: unknown }));
    await payer.run();
    expect(payer.payouts.state()).toMatchObject({ state: "waiting" });
    expect(payer.payouts.state().reason).toContain(shape);
    expect(await list(payer)).toEqual([]);
  });
});
