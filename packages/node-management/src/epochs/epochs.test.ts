import { ownerAccount, resultsRoot, rewardKey } from "@lucid/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createKillSwitch, HARMS } from "../testing/kill-switch.ts";
import { createSettlementWorld, type SettlementWorld } from "../testing/settlement-world.ts";
import { epochResultCollection } from "./documents.ts";

const first = 30;
const budgetMicro = 10_000_000n;
const alive = new AbortController().signal;

let world: SettlementWorld;
beforeEach(async () => {
  world = await createSettlementWorld([2, 1]);
});
afterEach(() => world[Symbol.asyncDispose]());

const resultsOf = async (epoch: number) => {
  const page = await world.start().epochs.results(epoch, { limit: 100 });
  return page?.items ?? [];
};

describe("settlement", () => {
  it("waits for slot index 1 of the next epoch, then pays by credits and score", async () => {
    const { epochs, ledger } = world.start();
    await world.play(first, (node, index) => node !== 2 || index % 2 === 0);
    expect(await epochs.settleDue(alive)).toEqual({ closed: 1, isBehind: false });

    const results = await resultsOf(first);
    expect(results.map(({ node_id }) => node_id)).toEqual(
      world.nodes.map(({ nodeId }) => nodeId).toSorted(),
    );
    const half = results.find(({ node_id }) => node_id === world.nodes[2]?.nodeId);
    // Active from the slot after enrolment on: 14 slots, 7 of them with a beacon.
    expect(half).toMatchObject({ eligible: 14, present: 7, time: 5000, valid: true });
    const total = results.reduce((sum, { reward_micro }) => sum + reward_micro, 0n);
    expect(total).toBe(budgetMicro);
    const closed = await epochs.document(first);
    expect(closed).toMatchObject({ state: "closed", count: 3, total_micro: total });
    for (const { owner_id, node_id, reward_micro } of results) {
      const entry = await ledger.byKey(rewardKey(first, node_id));
      expect(entry).toMatchObject({
        account: ownerAccount(owner_id),
        amount_micro: reward_micro.toString(),
      });
    }
    expect(await epochs.settleDue(alive)).toEqual({ closed: 0, isBehind: false });
  });

  it("excuses the slots in which we were deaf, and prorates the budget when nobody was heard", async () => {
    const { epochs } = world.start();
    await world.play(first, (node) => node !== 2);
    await world.sleepUntil(first + 1, 5);
    await world.play(first + 1, (node) => node !== 2);
    await epochs.settleDue(alive);
    const closed = await epochs.document(first + 1);
    expect(closed?.excused_slots).toBe(3);
    const results = await resultsOf(first + 1);
    for (const { eligible, present, node_id, reward_micro } of results) {
      const isAbsent = node_id === world.nodes[2]?.nodeId;
      expect(present).toBe(isAbsent ? 0 : eligible);
      expect(reward_micro > 0n).toBe(!isAbsent);
    }
    // Slot 2 still had a beacon before we fell asleep; slots 3 and 4 had none.
    expect(closed?.budget_micro).toBe((budgetMicro * 13n) / 15n);
  });

  it("catches up after hundreds of epochs without a single result", async () => {
    const { epochs } = world.start();
    await world.play(first, () => true);
    await world.sleepUntil(first + 300, 3);
    expect(await epochs.settleDue(alive)).toEqual({ closed: 300, isBehind: false });
    expect(await epochs.document(first + 200)).toMatchObject({ count: 0, excused_slots: 15 });
  });

  it("parks when told to stop and goes on later", async () => {
    const { epochs } = world.start();
    await world.play(first, () => true);
    const stop = AbortSignal.abort();
    expect(await epochs.settleDue(stop)).toEqual({ closed: 0, isBehind: true });
    expect(await epochs.settleDue(alive)).toEqual({ closed: 1, isBehind: false });
  });
});

describe("settlement that dies or loses an answer at any write", () => {
  it("closes every epoch in order with exactly the rewards of its picked run", async () => {
    let epoch = first;
    const settle = async (at: number, harm: (typeof HARMS)[number]) => {
      await world.play(epoch, (node, index) => (node + index + epoch) % 4 !== 0);
      const kill = createKillSwitch({ at, harm });
      const { epochs } = world.start(kill.documents(world.store));
      await epochs.settleDue(alive).catch(() => null);
      const wasReached = kill.operations >= at;
      const rescue = world.start();
      await Promise.all([rescue.epochs.settleDue(alive), world.start().epochs.settleDue(alive)]);
      epoch += 1;
      return wasReached;
    };
    let schedules = 0;
    for (const harm of HARMS) for (let at = 1; await settle(at, harm); at++) schedules += 1;
    expect(schedules).toBeGreaterThan(20);

    const { epochs, ledger } = world.start();
    let earned = 0n;
    for (let settled = first; settled < epoch; settled++) {
      const document = await epochs.document(settled);
      const results = await resultsOf(settled);
      expect(document).toMatchObject({ state: "closed", count: results.length });
      expect(resultsRoot(results.map(toRecord))).toBe(document?.root);
      for (const { node_id, reward_micro } of results) {
        const entry = await ledger.byKey(rewardKey(settled, node_id));
        expect(BigInt(entry?.amount_micro ?? "0")).toBe(reward_micro);
      }
      earned += results.reduce((sum, { reward_micro }) => sum + reward_micro, 0n);
    }
    expect((await ledger.totals()).earnedMicro).toBe(earned);
    expect(await ledger.verify()).toMatchObject({ ok: true });
  });
});

const toRecord = (document: Awaited<ReturnType<typeof resultsOf>>[number]) => {
  const {
    id: _id,
    run: _run,
    owner_id: _owner,
    last_time: _time,
    sealed_slot: _sealed,
    ...result
  } = document;
  return { ...result, reward_micro: result.reward_micro.toString() };
};

it("takes away results of a run that was not picked", async () => {
  const results = world.store.collection(epochResultCollection);
  await world.play(first, () => true);
  // The epoch, the state of silence, the results.
  const kill = createKillSwitch({ at: 3, harm: "dies_after" });
  await world
    .start(kill.documents(world.store))
    .epochs.settleDue(alive)
    .catch(() => null);
  const left = await results.find({ where: { epoch: first } });
  for (const result of left) {
    await results.remove(result.id);
    await results.insert({
      ...result,
      id: result.id.replace(result.run, "f".repeat(16)),
      run: "f".repeat(16),
    });
  }
  expect(left.length).toBeGreaterThan(0);
  await world.start().epochs.settleDue(alive);
  const after = await results.find({ where: { epoch: first } });
  const closed = await world.start().epochs.document(first);
  expect(after.map(({ run }) => run)).toEqual(after.map(() => closed?.run));
  expect(after).toHaveLength(3);
});
