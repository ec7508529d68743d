import { verifyLog } from "@lucid/verify";
import { expect, it } from "vitest";
import { testNetwork, testPolicy } from "../../packages/node-management/src/testing/index.ts";
import { createPaidNetwork } from "./paid-network.ts";
import { publishedLog } from "./published-log.ts";

const first = 30;
/** More than the three minutes in which a transfer may enter the chain. */
const EXPIRY_BLOCKS = 70;
/** Of an owner's 80 USDT: what two people have forfeited, and give back of what was disputed. */
const [FORFEIT, BACK] = [30_000_000n, 4_000_000n];

it("what people decide about payouts is in the log, and ledger and payouts follow from it", async () => {
  const { payout } = testPolicy(testNetwork());
  const rules = { payout: { ...payout, mode: "manual" } } as const;
  await using network = await createPaidNetwork([1, 1, 1, 1, 1], rules);
  const { world, paying, settler, payer } = network;
  const { services } = world;
  const { devnet } = paying;
  const { payouts, holds, ledger } = payer;
  const all = async () => (await payouts.list({ limit: 100 })).items.toReversed();
  const pass = async (rounds: number, blocks = 4) => {
    for (let round = 0; round < rounds; round++) {
      await payer.run();
      await paying.mine(blocks);
      await services.seal();
    }
  };

  const holdOf = async (ownerId: string): Promise<string> => {
    const put = { ownerId, reasonCode: "cheating", reason: "looked at", by: "ann" } as const;
    const verdict = await holds.put(put);
    if (verdict.outcome === "refused") throw new Error(verdict.detail);
    return verdict.hold.id;
  };

  await world.play(first, () => true);
  await settler.epochs.settleDue(new AbortController().signal);
  await payouts.request();
  await pass(2);
  const [paid, cancelled, dead, failed, disputed] = (await all()).map((payout) => ({
    id: payout.id,
    recipient: payout.recipient,
    ownerId: payout.owner_id,
    say: (act: "approve" | "cancel" | "expire" | "close", by: string, backMicro?: bigint) =>
      payouts.decide({
        payoutId: payout.id,
        act,
        by,
        reason: "so it shall be",
        ...(backMicro !== undefined && { backMicro }),
      }),
  }));
  if (!paid || !cancelled || !dead || !failed || !disputed) throw new Error("five are due");
  devnet.fault({ kind: "never_included", recipient: dead.recipient, next: 1 });
  devnet.fault({ kind: "reverted", recipient: failed.recipient });
  devnet.fault({ kind: "fee_on", recipient: disputed.recipient });
  const held = await holdOf(cancelled.ownerId);
  await cancelled.say("cancel", "carl");
  for (const { say } of [paid, dead, failed]) await say("approve", "ann");
  await pass(3);
  await pass(2, EXPIRY_BLOCKS);
  expect(await dead.say("expire", "bob")).toMatchObject({ outcome: "taken" });
  await pass(1);
  await dead.say("approve", "ann");
  await disputed.say("approve", "ann");
  await pass(3);
  for (const by of ["ann", "bob"]) {
    await disputed.say("close", by, BACK);
    await holds.uphold({ holdId: held, by, reason: "two people saw it", forfeitMicro: FORFEIT });
  }
  devnet.setToken({ basisPointsRate: 0 });
  await pass(3);

  const states = new Map((await all()).map(({ id, state, reversal }) => [id, [state, reversal]]));
  expect(states.get(paid.id)).toEqual(["confirmed", "none"]);
  expect(states.get(cancelled.id)).toEqual(["cancelled", "done"]);
  expect(states.get(dead.id)).toEqual(["confirmed", "none"]);
  expect(states.get(failed.id)).toEqual(["failed", "done"]);
  expect(states.get(disputed.id)).toEqual(["disputed", "none"]);
  expect(await ledger.byKey(`forfeit:${held}`)).toMatchObject({ amount_micro: `-${FORFEIT}` });
  expect(await ledger.byKey(`adjustment:${disputed.id}`)).toMatchObject({
    amount_micro: `${BACK}`,
  });
  const report = await verifyLog(await publishedLog(services));
  expect(report.first_mismatch).toBeNull();
  expect(report.follows).toBe(true);
  expect(report.attested).toMatchObject({ decisions_about_pay: 2 });
}, 120_000);
