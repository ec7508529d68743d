import { afterEach, beforeEach, expect, it } from "vitest";
import { splitByWeight } from "@lucid/protocol";
import { verifyLog } from "@lucid/verify";
import { budget, createPaidNetwork, type PaidNetwork } from "./paid-network.ts";
import { publishedLog } from "./published-log.ts";

const first = 30;
const alive = new AbortController().signal;

let network: PaidNetwork;
let world: PaidNetwork["world"];
let paying: PaidNetwork["paying"];
let settler: PaidNetwork["settler"];
let payer: PaidNetwork["payer"];

beforeEach(async () => {
  network = await createPaidNetwork([4, 2, 2, 2, 1, 1]);
  ({ world, paying, settler, payer } = network);
});
afterEach(() => network[Symbol.asyncDispose]());

const settleAndPay = async (): Promise<void> => {
  await settler.epochs.settleDue(alive);
  await payer.payouts.request();
  for (let round = 0; round < 6; round++) {
    await payer.run();
    await paying.mine(2);
    await world.services.seal();
  }
};

const sumOf = (amounts: Iterable<bigint>): bigint =>
  Array.from(amounts).reduce((sum, micro) => sum + micro, 0n);

/** Most nodes are silent in two slots, one is lazy; all others are there. */
const isPresent = (node: number, index: number): boolean =>
  !(index === 11 || index === 12 ? node < 10 : node === 11 && index % 2 === 0);

it("what the service settles and pays follows from what it published, to the last micro-USDT", async () => {
  const { services, nodes } = world;
  const { registry } = services;
  await world.play(first, (node, index) => isPresent(node, index) && index !== 6);
  await settleAndPay();

  // A node is suspended and comes back, another one comes late, and the service is deaf for a while.
  const [suspended] = nodes;
  const stand = (standing: "active" | "suspended") =>
    registry.changeStanding(suspended?.nodeId ?? "", { standing, reason: "test", by: "operator" });
  await stand("suspended");
  await services.enrol("late", { owner: "owner 1" });
  await world.play(first + 1, isPresent);
  await world.sleepUntil(first + 2, 13);
  await stand("active");
  await world.play(first + 2, isPresent);
  paying.devnet.fault({ kind: "reverted" });
  await settleAndPay();
  await world.play(first + 4, isPresent);
  await settleAndPay();

  const report = await verifyLog(await publishedLog(world.services));
  expect(report.first_mismatch).toBeNull();
  expect(report.follows).toBe(true);
  const closed = await settler.epochs.documents(first + 4, first);
  expect(closed.map(({ state, sealed_slot }) => [state, sealed_slot !== null])).toEqual(
    closed.map(() => ["closed", true]),
  );
  const { confirmed, failed } = await payer.payouts.countByState();
  expect(report.checked).toMatchObject({
    epochs: 5,
    epoch_results: closed.reduce((sum, { count = 0 }) => sum + count, 0),
    payouts: confirmed + failed,
  });
  expect(failed).toBe(1);
  expect(confirmed).toBeGreaterThan(6);
  expect(report.checked["silent_slots"]).toBeGreaterThan(0);
  expect(report.attested["unobserved_slots"]).toBeGreaterThan(0);
  expect(report.attested["deaf_excuses"]).toBeGreaterThan(0);
}, 120_000);

it("so does what pools share: equally where nodes agreed to it, by work elsewhere", async () => {
  const { pools, nodes } = world;
  const [lazy, ...busy] = nodes.map(({ nodeId }) => nodeId) as [string, ...string[]];
  const equal = [lazy, ...busy.slice(0, 2)];
  const byWork = busy.slice(2, 5);
  await pools.create({ poolId: "pool_even", name: "Even", rewardMethod: "equal" });
  await pools.create({ poolId: "pool_work", name: "Work" });
  for (const nodeId of equal) await pools.join("pool_even", { nodeId, consent: "equal" });
  for (const nodeId of byWork) await pools.join("pool_work", { nodeId, consent: "work_credits" });
  const comes = (node: number, index: number) => node > 0 || index % 3 !== 0;
  for (const epoch of [first, first + 1]) {
    await world.play(epoch, comes);
    await settler.epochs.settleDue(alive);
  }
  // From within the second epoch on, so for the third, one moves and one leaves.
  const [, moving = "", leaving = ""] = equal;
  await pools.join("pool_work", { nodeId: moving, consent: "work_credits", from: "pool_even" });
  await pools.leave("pool_even", leaving);
  for (const epoch of [first + 2, first + 3]) {
    await world.play(epoch, comes);
    await settler.epochs.settleDue(alive);
  }
  await settleAndPay();

  const rewardsOf = async (epoch: number) => {
    const page = await settler.epochs.results(epoch, { limit: 100 });
    return new Map(page?.items.map(({ node_id, reward_micro }) => [node_id, reward_micro]));
  };
  const [before, shared, , parted] = await Promise.all(
    [first, first + 1, first + 2, first + 3].map(rewardsOf),
  );
  const lazyIn = (rewards: Map<string, bigint> | undefined) => rewards?.get(lazy) ?? 0n;
  const busyIn = (rewards: Map<string, bigint> | undefined) => rewards?.get(byWork[0] ?? "") ?? 0n;
  expect(lazyIn(before)).toBeLessThan(busyIn(before));
  // Eleven who were always there and one who was not: three of them share what they earned, to the micro-USDT.
  const parts = equal.map((nodeId) => shared?.get(nodeId) ?? 0n).toSorted((a, b) => Number(a - b));
  const results = (await settler.epochs.results(first + 1, { limit: 100 }))?.items ?? [];
  const byWeight = splitByWeight(
    BigInt(budget),
    results.map(({ node_id: id, credits, score }) => ({
      id,
      weight: BigInt(credits) * BigInt(score),
    })),
  );
  expect(sumOf(parts)).toBe(sumOf(equal.map((nodeId) => byWeight.get(nodeId) ?? 0n)));
  expect((parts.at(-1) ?? 0n) - (parts[0] ?? 0n)).toBeLessThanOrEqual(1n);
  expect(parts[0]).toBeLessThan(busyIn(shared));
  expect(lazyIn(shared)).toBeGreaterThan(lazyIn(parted));
  expect(parted?.get(moving)).toBe(busyIn(parted));
  for (const rewards of [before, shared, parted])
    expect(sumOf(rewards?.values() ?? [])).toBe(BigInt(budget));

  const report = await verifyLog(await publishedLog(world.services));
  expect(report.first_mismatch).toBeNull();
  expect(report.follows).toBe(true);
  expect(report.checked["seats"]).toBe(equal.length + byWork.length + 3);
}, 120_000);

it("so does what a person attributes: a transfer that the books lost, and one that was a payout which was due", async () => {
  const { registry } = world.services;
  await world.play(first, isPresent);
  await settler.epochs.settleDue(alive);
  await payer.run();
  const [lost, due] = registry.owners();
  if (lost === undefined || due === undefined) throw new Error("two owners are needed");
  const { items } = await payer.payouts.list({ limit: 100 }, { ownerId: due.ownerId });
  const [payout] = items;
  expect(payout).toMatchObject({ state: "approved" });
  const txids = {
    due: await paying.move("wallet", due.address, payout?.net_micro ?? 0n),
    lost: await paying.move("wallet", lost.address, 990_000n),
  };
  await payer.run();
  expect(payer.payouts.state()).toMatchObject({ state: "stopped" });
  const said = { reason: "paid by the store that was lost", by: "treasurer" };
  const record: typeof payer.treasury.record = (request) => payer.treasury.record(request);
  expect(await record({ ...said, txid: txids.due, payoutId: payout?.id })).toMatchObject({
    outcome: "recorded",
  });

  await world.play(first + 1, isPresent);
  await settler.epochs.settleDue(alive);
  expect(await record({ ...said, txid: txids.lost, ownerId: lost.ownerId })).toMatchObject({
    outcome: "recorded",
    record: { adjustment: "done" },
  });
  await settleAndPay();
  await world.play(first + 2, isPresent);
  await settleAndPay();

  expect(await payer.payouts.get(payout?.id ?? "")).toMatchObject({ state: "confirmed" });
  const report = await verifyLog(await publishedLog(world.services));
  expect(report.first_mismatch).toBeNull();
  expect(report.follows).toBe(true);
  expect(report.attested["decisions_about_pay"]).toBe(1);
}, 120_000);
