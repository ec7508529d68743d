import { ownerAccount, rewardKey } from "@lucid/protocol";
import { afterEach, describe, expect, it } from "vitest";
import { usdt } from "../testing/decision-world.ts";
import { openTreasuryWorld, type TreasuryWorld } from "../testing/treasury-world.ts";

let t: TreasuryWorld;
const open = async (options?: Parameters<typeof openTreasuryWorld>[0]) => {
  t = await openTreasuryWorld(options);
  return t;
};
afterEach(() => t[Symbol.asyncDispose]());

describe("money that left without a payout", () => {
  it("stops payouts until a person says what it was, and leaves what is due due", async () => {
    const { earn, owner } = await open();
    const payer = t.start();
    await payer.run();
    const txid = await t.move("wallet", t.stranger, usdt(5));
    const node = await owner("a");
    await earn(node, usdt(10));
    await t.pay(payer);
    expect(payer.payouts.state()).toMatchObject({ state: "stopped" });
    expect(payer.payouts.state().reason).toContain(`lucid admin treasury record ${txid}`);
    const seen = t.services.registry.owner(t.ownerIdOf(node.nodeId));
    if (seen === null) throw new Error("no owner");
    expect(await payer.payouts.explainWait(seen)).toContain(txid);
    expect(await t.list(payer)).toEqual([]);

    expect(await t.say(payer, txid)).toMatchObject({ outcome: "recorded" });
    expect(await t.say(payer, txid)).toMatchObject({ outcome: "present" });
    expect(
      await payer.treasury.record({ txid, reason: "something else", by: "person_b" }),
    ).toMatchObject({ outcome: "refused", code: "treasury.recorded" });
    await t.pay(payer);
    expect(await t.list(payer)).toMatchObject([{ state: "confirmed" }]);
  });

  it("stops two ledgers on one wallet, each by the other's payouts", async () => {
    const { earn, owner, services, devnet, wallet } = await open();
    const nodes = [await owner("a"), await owner("b")] as const;
    const other = await t.openStore();
    const first = t.start();
    const second = t.start({ documents: () => other });
    await second.ledger.bind({
      chainGenesisId: devnet.genesisBlockId,
      token: devnet.token,
      wallet,
    });
    await first.run();
    await second.run();
    await earn(nodes[0], usdt(10));
    await t.pay(first);
    await second.ledger.append({
      account: ownerAccount(t.ownerIdOf(nodes[1].nodeId)),
      key: rewardKey(1, nodes[1].nodeId),
      amountMicro: usdt(20),
      contra: [{ account: "rewards", amountMicro: -usdt(20) }],
      epoch: 1,
      policy: 1,
      at: services.clock.now(),
    });
    await t.pay(second);
    expect(second.payouts.state().state).toBe("stopped");
    expect(t.transfers()).toHaveLength(1);
  });

  it("before a ledger was bound to the wallet stops it too: it answers since the network was founded", async () => {
    const { earn, owner, devnet, wallet } = await open();
    await earn(await owner("a"), usdt(10));
    await t.pay(t.start());
    const [paid] = t.transfers();
    const unbound = await t.openStore();
    const late = t.start({ documents: () => unbound });
    const binding = { chainGenesisId: devnet.genesisBlockId, token: devnet.token, wallet };
    await late.ledger.bind(binding);
    await late.run();
    expect(late.payouts.state().reason).toContain(paid?.txid);
  });

  it("is not taken from the balance of an owner whom it did not pay", async () => {
    const { earn, owner } = await open();
    const [paid, other] = [await owner("a"), await owner("b")];
    const payer = t.start();
    await payer.run();
    const txid = await t.move("wallet", paid.address, usdt(4.9));
    for (const node of [paid, other]) await earn(node, usdt(5));
    const [ownerId, otherId] = [t.ownerIdOf(paid.nodeId), t.ownerIdOf(other.nodeId)];
    expect(await t.say(payer, txid, { ownerId: otherId })).toMatchObject({
      code: "treasury.no_match",
      detail: `The transaction paid ${ownerId}, not ${otherId}.`,
    });
    expect(await t.say(payer, txid, { ownerId })).toMatchObject({ outcome: "recorded" });
    expect(await payer.ledger.balance(ownerAccount(ownerId))).toBe(0n);
    expect(await payer.ledger.balance(ownerAccount(otherId))).toBe(usdt(5));
  });

  it("is not explained by a payout that is like it", async () => {
    const { earn, owner } = await open();
    const node = await owner("a");
    await earn(node, usdt(10));
    const waits = { sealedSlot: async () => null, size: () => 0 };
    const payer = t.start({ publicLog: waits });
    await payer.run();
    await t.move("wallet", node.address, usdt(9.9));
    await payer.run();
    expect(payer.payouts.state().reason).toMatch(/--payout payout_.* if it was that payout/);
    expect(await t.list(payer)).toMatchObject([{ state: "approved" }]);
  });
});

describe("money that comes in", () => {
  it("counts once it is recorded, and stops nothing before", async () => {
    const { earn, owner, wallet } = await open({ usdtMicro: usdt(5) });
    const payer = t.start();
    await payer.run();
    const txid = await t.move("stranger", wallet, usdt(10));
    await earn(await owner("a"), usdt(10));
    await payer.payouts.request();
    await payer.run();
    expect(payer.payouts.state().state).not.toBe("stopped");
    expect(t.transfers()).toEqual([]);
    expect(await payer.treasury.status()).toMatchObject({
      unrecorded: [{ txid, amount_micro: usdt(10) }],
    });
    expect(await t.say(payer, txid)).toMatchObject({
      outcome: "recorded",
      record: { direction: "in" },
    });
    await t.pay(payer);
    expect(await t.list(payer)).toMatchObject([{ state: "confirmed" }]);
  });
});

describe("a pause", () => {
  it("makes nothing new and signs nothing, follows what was sent, and ends", async () => {
    const { earn, owner } = await open();
    await earn(await owner("a"), usdt(10));
    const payer = t.start();
    await payer.run();
    await payer.payouts.turn({ isPaused: true, reason: "the wallet moves", by: "person_a" });
    await earn(await owner("b"), usdt(20));
    expect(payer.payouts.state().reason).toMatch(/^the wallet moves \(since .*\)$/);
    await t.pay(payer);
    expect(await t.list(payer)).toMatchObject([{ state: "confirmed" }]);
    const later = t.start();
    await later.run();
    expect(later.payouts.state()).toMatchObject({ state: "paused" });
    await payer.payouts.turn({ isPaused: false, reason: "done", by: "person_b" });
    await t.pay(later);
    expect(later.payouts.state()).toEqual({ state: "running", reason: null });
    expect(t.transfers()).toHaveLength(2);
  });
});
