import type { Documents } from "@lucid/platform/documents";
import { ownerAccount, rewardKey } from "@lucid/protocol";
import { afterEach, describe, expect, it } from "vitest";
import { createPayerWorld, type PayerProcess, type PayerWorld } from "../testing/payer-world.ts";
import { openTestStore } from "../testing/store.ts";

let world: PayerWorld;
const opened: Documents[] = [];
const open = async (options?: Parameters<typeof createPayerWorld>[0]) => {
  world = await createPayerWorld(options);
  return world;
};
afterEach(async () => {
  for (const store of opened.splice(0)) await store[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

const usdt = (amount: number) => BigInt(Math.round(amount * 1_000_000));
const ownerIdOf = (nodeId: string) => world.services.registry.node(nodeId)?.ownerId ?? "";
const transfers = () => world.devnet.transfers().filter(({ from }) => from === world.wallet);
const list = async ({ payouts }: PayerProcess) => (await payouts.list({ limit: 100 })).items;

const pay = async (payer: PayerProcess) => {
  await payer.payouts.request();
  await world.finish(payer);
};

const say = (
  payer: PayerProcess,
  txid: string,
  about: { ownerId?: string; payoutId?: string } = {},
) => payer.treasury.record({ txid, reason: "seen on the chain", by: "person_a", ...about });

describe("money that left without a payout", () => {
  it("stops payouts until a person says what it was, and leaves what is due due", async () => {
    const { earn, owner } = await open();
    const payer = world.start();
    await payer.run();
    const txid = await world.move("wallet", world.stranger, usdt(5));
    const node = await owner("a");
    await earn(node, usdt(10));
    await pay(payer);
    expect(payer.payouts.state()).toMatchObject({ state: "stopped" });
    expect(payer.payouts.state().reason).toContain(`lucid admin treasury record ${txid}`);
    const seen = world.services.registry.owner(ownerIdOf(node.nodeId));
    if (seen === null) throw new Error("no owner");
    expect(await payer.payouts.explainWait(seen)).toContain(txid);
    expect(await list(payer)).toEqual([]);

    expect(await say(payer, txid)).toMatchObject({ outcome: "recorded" });
    expect(await say(payer, txid)).toMatchObject({ outcome: "present" });
    expect(
      await payer.treasury.record({ txid, reason: "something else", by: "person_b" }),
    ).toMatchObject({ outcome: "refused", code: "treasury.recorded" });
    await pay(payer);
    expect(await list(payer)).toMatchObject([{ state: "confirmed" }]);
  }, 30_000);

  it("stops two ledgers on one wallet, each by the other's payouts", async () => {
    const { earn, owner, services, devnet, wallet } = await open();
    const nodes = [await owner("a"), await owner("b")] as const;
    const other = await openTestStore();
    opened.push(other);
    const first = world.start();
    const second = world.start({ documents: () => other });
    await second.ledger.bind({
      chainGenesisId: devnet.genesisBlockId,
      token: devnet.token,
      wallet,
    });
    await first.run();
    await second.run();
    await earn(nodes[0], usdt(10));
    await pay(first);
    await second.ledger.append({
      account: ownerAccount(ownerIdOf(nodes[1].nodeId)),
      key: rewardKey(1, nodes[1].nodeId),
      amountMicro: usdt(20),
      contra: [{ account: "rewards", amountMicro: -usdt(20) }],
      epoch: 1,
      policy: 1,
      at: services.clock.now(),
    });
    await pay(second);
    expect(second.payouts.state().state).toBe("stopped");
    expect(transfers()).toHaveLength(1);
  }, 30_000);

  it("before a ledger was bound to the wallet stops it too: it answers since the network was founded", async () => {
    const { earn, owner, devnet, wallet } = await open();
    await earn(await owner("a"), usdt(10));
    await pay(world.start());
    const [paid] = transfers();
    const unbound = await openTestStore();
    opened.push(unbound);
    const late = world.start({ documents: () => unbound });
    const binding = { chainGenesisId: devnet.genesisBlockId, token: devnet.token, wallet };
    await late.ledger.bind(binding);
    await late.run();
    expect(late.payouts.state().reason).toContain(paid?.txid);
  }, 30_000);

  it("is not explained by a payout that is like it", async () => {
    const { earn, owner } = await open();
    const node = await owner("a");
    await earn(node, usdt(10));
    const waits = { sealedSlot: async () => null, size: () => 0 };
    const payer = world.start({ publicLog: waits });
    await payer.run();
    await world.move("wallet", node.address, usdt(9.9));
    await payer.run();
    expect(payer.payouts.state().reason).toMatch(/--payout payout_.* if it was that payout/);
    expect(await list(payer)).toMatchObject([{ state: "approved" }]);
  }, 30_000);
});

describe("money that comes in", () => {
  it("counts once it is recorded, and stops nothing before", async () => {
    const { earn, owner, wallet } = await open({ usdtMicro: usdt(5) });
    const payer = world.start();
    await payer.run();
    const txid = await world.move("stranger", wallet, usdt(10));
    await earn(await owner("a"), usdt(10));
    await payer.payouts.request();
    await payer.run();
    expect(payer.payouts.state().state).not.toBe("stopped");
    expect(transfers()).toEqual([]);
    expect(await payer.treasury.status()).toMatchObject({
      unrecorded: [{ txid, amount_micro: usdt(10) }],
    });
    expect(await say(payer, txid)).toMatchObject({
      outcome: "recorded",
      record: { direction: "in" },
    });
    await pay(payer);
    expect(await list(payer)).toMatchObject([{ state: "confirmed" }]);
  }, 30_000);
});

describe("a pause", () => {
  it("makes nothing new and signs nothing, follows what was sent, and ends", async () => {
    const { earn, owner } = await open();
    await earn(await owner("a"), usdt(10));
    const payer = world.start();
    await payer.run();
    await payer.payouts.turn({ isPaused: true, reason: "the wallet moves", by: "person_a" });
    await earn(await owner("b"), usdt(20));
    expect(payer.payouts.state().reason).toMatch(/^paused since .*: the wallet moves$/);
    await pay(payer);
    expect(await list(payer)).toMatchObject([{ state: "confirmed" }]);
    const later = world.start();
    await later.run();
    expect(later.payouts.state()).toMatchObject({ state: "paused" });
    await payer.payouts.turn({ isPaused: false, reason: "done", by: "person_b" });
    await pay(later);
    expect(later.payouts.state()).toEqual({ state: "running", reason: null });
    expect(transfers()).toHaveLength(2);
  }, 30_000);
});
