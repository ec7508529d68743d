import { ownerAccount, rewardKey } from "@lucid/protocol";
import { afterEach, describe, expect, it } from "vitest";
import { usdt } from "../testing/decision-world.ts";
import type { PayerProcess } from "../testing/payer-world.ts";
import { keepCopy } from "../testing/store-copy.ts";
import { openTreasuryWorld, type TreasuryWorld } from "../testing/treasury-world.ts";

let t: TreasuryWorld;
const open = async (options?: Parameters<typeof openTreasuryWorld>[0]) => {
  t = await openTreasuryWorld(options);
  return t;
};
afterEach(() => t[Symbol.asyncDispose]());

describe("a store that was put back", () => {
  const putBack = async (path: string): Promise<PayerProcess> => {
    const store = await t.openStore(path);
    return t.start({ documents: () => store });
  };

  it.each(["before the first look at the chain", "after it"])(
    "pays nothing again, says what happened, and goes on with what is really due: %s",
    async (moment) => {
      const { earn, owner, services } = await open({ isOnDisk: true });
      const nodes = [await owner("a"), await owner("b"), await owner("c")] as const;
      if (moment === "after it") await t.start().run();
      await earn(nodes[0], usdt(10));
      await earn(nodes[1], usdt(20));
      const copy = keepCopy(t);
      await t.pay(t.start());
      expect(t.transfers()).toHaveLength(2);

      const restored = await putBack(copy);
      await t.pay(restored);
      expect(t.transfers()).toHaveLength(2);
      expect(await t.list(restored)).toEqual([]);
      const { state, reason } = restored.payouts.state();
      expect(state).toBe("stopped");
      for (const node of nodes.slice(0, 2)) {
        const moved = t.transfers().find(({ to }) => to === node.address);
        const ownerId = t.ownerIdOf(node.nodeId);
        const { verdict } = await restored.treasury.status();
        const words = verdict?.state === "stopped" ? verdict.differences.map((d) => d.words) : [];
        expect(words.join("\n")).toContain(
          `record ${moved?.txid} "<reason>", with --owner ${ownerId}`,
        );
        expect(restored.payouts.state()).toMatchObject({ state: "stopped" });
        expect(await t.say(restored, moved?.txid ?? "", { ownerId })).toMatchObject({
          outcome: "recorded",
          record: { adjustment: "done", owner_id: ownerId },
        });
        await t.pay(restored);
        expect(await restored.ledger.balance(ownerAccount(ownerId))).toBe(0n);
      }
      expect(reason).toMatch(/left the wallet .* and no payout of these books says so/);
      expect(restored.payouts.state()).toEqual({ state: "running", reason: null });
      expect(t.transfers()).toHaveLength(2);

      const due = t.ownerIdOf(nodes[2].nodeId);
      await restored.ledger.append({
        account: ownerAccount(due),
        key: rewardKey(900, nodes[2].nodeId),
        amountMicro: usdt(30),
        contra: [{ account: "rewards", amountMicro: -usdt(30) }],
        epoch: 900,
        policy: 1,
        at: services.clock.now(),
      });
      await t.pay(restored);
      expect(t.transfers().map(({ amountMicro }) => amountMicro)).toEqual([
        usdt(9.9),
        usdt(19.8),
        usdt(29.7),
      ]);
      expect(await restored.ledger.verify()).toMatchObject({ ok: true });
    },
    30_000,
  );

  it("finds the payout that was due in it paid, once a person has said so", async () => {
    const { earn, owner } = await open({ isOnDisk: true });
    const node = await owner("a");
    await earn(node, usdt(10));
    const sealedLater = { sealedSlot: async () => null, size: () => 0 };
    await t.start({ publicLog: sealedLater }).run();
    const copy = keepCopy(t);
    await t.pay(t.start());
    const [moved] = t.transfers();

    const restored = await putBack(copy);
    await t.pay(restored);
    const [payout] = await t.list(restored);
    expect(payout).toMatchObject({ state: "approved", attempt: 0 });
    expect(restored.payouts.state().reason).toContain(`with --payout ${payout?.id}`);
    const about = { payoutId: payout?.id ?? "" };
    expect(await t.say(restored, moved?.txid ?? "", about)).toMatchObject({ outcome: "recorded" });
    await t.pay(restored);
    expect(await t.list(restored)).toMatchObject([{ state: "confirmed", txid: moved?.txid }]);
    expect(t.transfers()).toHaveLength(1);
    expect(await restored.payouts.confirmedMicro()).toBe(usdt(9.9));
    expect(restored.payouts.state()).toEqual({ state: "running", reason: null });
  });

  it("disputes a payout that moved another amount, and goes on once two people have closed it", async () => {
    const { earn, owner, devnet } = await open({ isOnDisk: true });
    await earn(await owner("a"), usdt(10));
    const sealedLater = { sealedSlot: async () => null, size: () => 0 };
    await t.start({ publicLog: sealedLater }).run();
    const copy = keepCopy(t);
    devnet.fault({ kind: "fee_on" });
    await t.pay(t.start());
    devnet.setToken({ basisPointsRate: 0 });
    const [moved, tokenFee] = t.transfers();
    expect(moved?.amountMicro).toBe(usdt(9.9) - (tokenFee?.amountMicro ?? 0n));

    const restored = await putBack(copy);
    await t.pay(restored);
    const [payout] = await t.list(restored);
    const payoutId = payout?.id ?? "";
    expect(restored.payouts.state().reason).toContain(
      `--payout ${payoutId} if it was that payout, which is due with 9.900000 USDT and then disputed`,
    );
    const txid = moved?.txid ?? "";
    expect(await t.say(restored, txid, { payoutId })).toMatchObject({ outcome: "recorded" });
    await t.pay(restored);
    expect(await t.list(restored)).toMatchObject([{ state: "disputed", txid }]);
    expect((await t.list(restored))[0]?.why).toContain(
      `where exactly 9.900000 USDT to ${moved?.to}`,
    );
    for (const by of ["ann", "bob"])
      await restored.payouts.decide({
        payoutId,
        act: "close",
        by,
        reason: "the token took a fee",
        backMicro: tokenFee?.amountMicro ?? 0n,
      });
    await t.pay(restored);
    expect(await restored.ledger.byKey(`adjustment:${payoutId}`)).toMatchObject({
      amount_micro: tokenFee?.amountMicro.toString(),
    });
    await t.pay(restored);
    expect(restored.payouts.state()).toEqual({ state: "running", reason: null });
    expect(t.transfers()).toHaveLength(2);
    expect(await restored.treasury.reconcile()).toMatchObject({
      result: { differences_total: 0 },
    });
    expect(await restored.ledger.verify()).toMatchObject({ ok: true });
  });

  it("takes from no balance again what came back with the log as taken, whoever is named", async () => {
    const { earn, owner, services } = await open();
    const node = await owner("a");
    const ownerId = t.ownerIdOf(node.nodeId);
    const payer = t.start();
    await payer.run();
    const txid = await t.move("wallet", node.address, usdt(4.9));
    await earn(node, usdt(20));
    // Under another policy; the record of it is not in the log.
    await payer.ledger.append({
      account: ownerAccount(ownerId),
      key: `adjustment:${txid}`,
      amountMicro: -usdt(5.1),
      contra: [
        { account: "costs", amountMicro: usdt(4.9) },
        { account: "fees", amountMicro: usdt(0.2) },
      ],
      ref: txid,
      policy: 1,
      at: services.clock.now(),
    });
    await t.pay(payer);
    expect(payer.payouts.state().reason).toContain(
      `record ${txid} "<reason>", with neither payout nor owner`,
    );
    expect(await t.say(payer, txid, { ownerId })).toMatchObject({ code: "treasury.no_match" });
    expect(await t.say(payer, txid)).toMatchObject({
      outcome: "recorded",
      record: { adjustment: "none" },
    });
    expect(await payer.ledger.balance(ownerAccount(ownerId))).toBe(usdt(14.9));
    await t.pay(payer);
    expect(payer.payouts.state()).toEqual({ state: "running", reason: null });
  });

  it("goes on by itself when the copy knows all that was sent", async () => {
    const { earn, owner } = await open({ isOnDisk: true });
    await earn(await owner("a"), usdt(10));
    await t.start().run();
    const copy = keepCopy(t);
    await t.finish(t.start());
    const restored = await putBack(copy);
    await t.finish(restored);
    expect(await t.list(restored)).toMatchObject([{ state: "confirmed" }]);
    expect(restored.payouts.state()).toEqual({ state: "running", reason: null });
    expect(t.transfers()).toHaveLength(1);
  });
});
