import type { Documents } from "@lucid/platform/documents";
import { ownerAccount, rewardKey } from "@lucid/protocol";
import { afterEach, describe, expect, it } from "vitest";
import { createPayerWorld, type PayerProcess, type PayerWorld } from "../testing/payer-world.ts";
import { keepCopy } from "../testing/store-copy.ts";
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

describe("a store that was put back", () => {
  const putBack = async (path: string): Promise<PayerProcess> => {
    const store = await openTestStore(path);
    opened.push(store);
    return world.start({ documents: () => store });
  };

  it.each(["before the first look at the chain", "after it"])(
    "pays nothing again, says what happened, and goes on with what is really due: %s",
    async (moment) => {
      const { earn, owner, services } = await open({ isOnDisk: true });
      const nodes = [await owner("a"), await owner("b"), await owner("c")] as const;
      if (moment === "after it") await world.start().run();
      await earn(nodes[0], usdt(10));
      await earn(nodes[1], usdt(20));
      const copy = keepCopy(world);
      await pay(world.start());
      expect(transfers()).toHaveLength(2);

      const restored = await putBack(copy);
      await pay(restored);
      expect(transfers()).toHaveLength(2);
      expect(await list(restored)).toEqual([]);
      const { state, reason } = restored.payouts.state();
      expect(state).toBe("stopped");
      for (const node of nodes.slice(0, 2)) {
        const moved = transfers().find(({ to }) => to === node.address);
        const ownerId = ownerIdOf(node.nodeId);
        const { verdict } = await restored.treasury.status();
        const words = verdict?.state === "stopped" ? verdict.differences.map((d) => d.words) : [];
        expect(words.join("\n")).toContain(
          `record ${moved?.txid} "<reason>", with --owner ${ownerId}`,
        );
        expect(restored.payouts.state()).toMatchObject({ state: "stopped" });
        expect(await say(restored, moved?.txid ?? "", { ownerId })).toMatchObject({
          outcome: "recorded",
          record: { adjustment: "done", owner_id: ownerId },
        });
        await pay(restored);
        expect(await restored.ledger.balance(ownerAccount(ownerId))).toBe(0n);
      }
      expect(reason).toMatch(/left the wallet .* and no payout of these books says so/);
      expect(restored.payouts.state()).toEqual({ state: "running", reason: null });
      expect(transfers()).toHaveLength(2);

      const due = ownerIdOf(nodes[2].nodeId);
      await restored.ledger.append({
        account: ownerAccount(due),
        key: rewardKey(900, nodes[2].nodeId),
        amountMicro: usdt(30),
        contra: [{ account: "rewards", amountMicro: -usdt(30) }],
        epoch: 900,
        policy: 1,
        at: services.clock.now(),
      });
      await pay(restored);
      expect(transfers().map(({ amountMicro }) => amountMicro)).toEqual([
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
    await world.start({ publicLog: sealedLater }).run();
    const copy = keepCopy(world);
    await pay(world.start());
    const [moved] = transfers();

    const restored = await putBack(copy);
    await pay(restored);
    const [payout] = await list(restored);
    expect(payout).toMatchObject({ state: "approved", attempt: 0 });
    expect(restored.payouts.state().reason).toContain(`with --payout ${payout?.id}`);
    const about = { payoutId: payout?.id ?? "" };
    expect(await say(restored, moved?.txid ?? "", about)).toMatchObject({ outcome: "recorded" });
    await pay(restored);
    expect(await list(restored)).toMatchObject([{ state: "confirmed", txid: moved?.txid }]);
    expect(transfers()).toHaveLength(1);
    expect(await restored.payouts.confirmedMicro()).toBe(usdt(9.9));
    expect(restored.payouts.state()).toEqual({ state: "running", reason: null });
  }, 30_000);

  it("disputes a payout that moved another amount, and goes on once two people have closed it", async () => {
    const { earn, owner, devnet } = await open({ isOnDisk: true });
    await earn(await owner("a"), usdt(10));
    const sealedLater = { sealedSlot: async () => null, size: () => 0 };
    await world.start({ publicLog: sealedLater }).run();
    const copy = keepCopy(world);
    devnet.fault({ kind: "fee_on" });
    await pay(world.start());
    devnet.setToken({ basisPointsRate: 0 });
    const [moved, tokenFee] = transfers();
    expect(moved?.amountMicro).toBe(usdt(9.9) - (tokenFee?.amountMicro ?? 0n));

    const restored = await putBack(copy);
    await pay(restored);
    const [payout] = await list(restored);
    const payoutId = payout?.id ?? "";
    expect(restored.payouts.state().reason).toContain(
      `--payout ${payoutId} if it was that payout, which is due with 9.900000 USDT and then disputed`,
    );
    const txid = moved?.txid ?? "";
    expect(await say(restored, txid, { payoutId })).toMatchObject({ outcome: "recorded" });
    await pay(restored);
    expect(await list(restored)).toMatchObject([{ state: "disputed", txid }]);
    expect((await list(restored))[0]?.why).toContain(`where exactly 9.900000 USDT to ${moved?.to}`);
    for (const by of ["ann", "bob"])
      await restored.payouts.decide({
        payoutId,
        act: "close",
        by,
        reason: "the token took a fee",
        backMicro: tokenFee?.amountMicro ?? 0n,
      });
    await pay(restored);
    expect(await restored.ledger.byKey(`adjustment:${payoutId}`)).toMatchObject({
      amount_micro: tokenFee?.amountMicro.toString(),
    });
    await pay(restored);
    expect(restored.payouts.state()).toEqual({ state: "running", reason: null });
    expect(transfers()).toHaveLength(2);
    expect(await restored.treasury.reconcile()).toMatchObject({
      result: { differences_total: 0 },
    });
    expect(await restored.ledger.verify()).toMatchObject({ ok: true });
  }, 30_000);

  it("goes on by itself when the copy knows all that was sent", async () => {
    const { earn, owner } = await open({ isOnDisk: true });
    await earn(await owner("a"), usdt(10));
    await world.start().run();
    const copy = keepCopy(world);
    await world.finish(world.start());
    const restored = await putBack(copy);
    await world.finish(restored);
    expect(await list(restored)).toMatchObject([{ state: "confirmed" }]);
    expect(restored.payouts.state()).toEqual({ state: "running", reason: null });
    expect(transfers()).toHaveLength(1);
  }, 30_000);
});
