import { type BodyLeaf, firstSlotOf, type RecordLeaf, resultsRoot, slotAt } from "@lucid/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSettlementWorld, type SettlementWorld } from "../testing/settlement-world.ts";
import { epochResultCollection } from "./documents.ts";
import { createEpochClosedSource, createEpochResultSource } from "./index.ts";

const first = 30;
const alive = new AbortController().signal;

let world: SettlementWorld;
beforeEach(async () => {
  world = await createSettlementWorld([2, 1]);
});
afterEach(() => world[Symbol.asyncDispose]());

const genesis = () => world.services.network.genesis;
const slotNow = () => slotAt(genesis(), world.services.clock.now());
const isRecord = ({ leaf }: BodyLeaf): boolean => leaf.kind === "record";

/** Lets slots pass, and answers the records that stand in the block of each. */
const passSlots = async (count: number) => {
  const from = slotNow();
  await world.services.goTo(from + count, genesis().grace_ms);
  await world.services.seal();
  const bodies = Array.from({ length: count }, (_, i) => world.services.sealing.body(from + i));
  return (await Promise.all(bodies)).map((body) =>
    (body ?? []).filter(isRecord).map(({ leaf }) => leaf as RecordLeaf),
  );
};

describe("what settlement comes to", () => {
  it("is sealed as one: results, then what closes the epoch, then the rewards", async () => {
    const { epochs, ledger } = world.start();
    await world.play(first, () => true);
    const settledIn = slotNow();
    await epochs.settleDue(alive);
    const [records = [], next = []] = await passSlots(2);
    expect(records.map(({ record }) => record)).toEqual([
      "epoch_result",
      "epoch_result",
      "epoch_result",
      "epoch_closed",
      "ledger_entry",
      "ledger_entry",
      "ledger_entry",
    ]);
    expect(next).toEqual([]);
    const results = records.flatMap((leaf) => (leaf.record === "epoch_result" ? leaf.data : []));
    const ascending = results.toSorted((a, b) => (a.node_id < b.node_id ? -1 : 1));
    const document = await epochs.document(first);
    expect(resultsRoot(ascending)).toBe(document?.root);
    expect(records[3]?.data).toEqual({
      epoch: first,
      count: 3,
      root: document?.root,
      total_micro: document?.total_micro?.toString(),
      budget_micro: document?.budget_micro?.toString(),
    });
    expect(document?.sealed_slot).toBe(settledIn);
    for (const { node_id } of results) {
      expect((await epochs.result(first, node_id))?.sealed_slot).toBe(settledIn);
      const entry = await ledger.byKey(`reward:${first}:${node_id}`);
      expect(await ledger.sealedSlot(entry?.account ?? "", entry?.seq ?? 0)).toBe(settledIn);
    }
  });

  it("rests on the cut, which is the first slot of index 1 or later of the next epoch", async () => {
    const { epochs } = world.start();
    await world.services.goTo(firstSlotOf(genesis(), first + 1) + 2, genesis().grace_ms - 1);
    await world.services.seal();
    expect(await epochs.settleDue(alive)).toEqual({ closed: 0, isBehind: false });
    await world.services.clock.advance(1);
    expect(await epochs.settleDue(alive)).toEqual({ closed: 0, isBehind: false });
    await world.services.seal();
    expect(await epochs.settleDue(alive)).toEqual({ closed: 1, isBehind: false });
    const cut = firstSlotOf(genesis(), first + 1) + 1;
    expect(await epochs.document(first)).toMatchObject({ cut_slot: cut });
  });

  it("is not sealed before the run is picked, nor that of a run that was not", async () => {
    const { epochs } = world.start();
    await world.play(first, () => true);
    const results = world.store.collection(epochResultCollection);
    const deps = { documents: world.store, network: world.services.network };
    const sources = [createEpochResultSource(deps), createEpochClosedSource(deps)];
    const slot = { slot: slotNow(), startMs: 0, endMs: 0, closesMs: 0 };
    const collected = async () =>
      (await Promise.all(sources.map((source) => source.collect(slot)))).flat();
    expect(await collected()).toEqual([]);
    await epochs.settleDue(alive);
    expect(await collected()).toHaveLength(4);
    const [result] = await results.find({ where: { epoch: first }, limit: 1 });
    if (result === undefined) throw new Error("no result");
    await results.insert({ ...result, id: `${first}/other/${result.node_id}`, run: "other" });
    expect(await collected()).toHaveLength(4);
    const before = { ...slot, slot: slotNow() - 1 };
    expect(await sources[0]?.collect(before)).toEqual([]);
  });

  it("is marked once and for ever, also when marking is repeated", async () => {
    const { epochs } = world.start();
    await world.play(first, () => true);
    await epochs.settleDue(alive);
    const source = createEpochResultSource({
      documents: world.store,
      network: world.services.network,
    });
    const slot = slotNow();
    const records = await source.collect({ slot, startMs: 0, endMs: 0, closesMs: 0 });
    await source.mark(slot, records);
    await source.mark(slot, records);
    await expect(source.mark(slot + 1, records)).rejects.toMatchObject({ code: "sealing.twice" });
    expect(await source.collect({ slot, startMs: 0, endMs: 0, closesMs: 0 })).toEqual([]);
  });
});

describe("evidence after the cut", () => {
  it("is a standing from the slot after its block on, however late it was decided", async () => {
    const { epochs } = world.start();
    const [node] = world.nodes;
    const nodeId = node?.nodeId ?? "";
    const change = { standing: "suspended", reason: "test", by: "operator" } as const;
    await world.services.goTo(firstSlotOf(genesis(), first) + 5, genesis().grace_ms);
    await world.services.registry.changeStanding(nodeId, change);
    await world.play(first, () => true);
    await epochs.settleDue(alive);
    const results = await epochs.results(first, { limit: 10 });
    // Active from slot 1 on, and up to the block of slot 5, in which the decision stands.
    expect(results?.items.find(({ node_id }) => node_id === nodeId)).toMatchObject({ eligible: 5 });
    expect(results?.items.filter(({ eligible }) => eligible === 14)).toHaveLength(2);
  });
});
