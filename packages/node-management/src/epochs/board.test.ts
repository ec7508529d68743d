import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSettlementWorld, type SettlementWorld } from "../testing/settlement-world.ts";
import { epochResultCollection, resultDocumentId } from "./documents.ts";

const first = 30;
const alive = new AbortController().signal;

let world: SettlementWorld;
beforeEach(async () => {
  world = await createSettlementWorld([2, 1, 1]);
});
afterEach(() => world[Symbol.asyncDispose]());

/** The third is there every other slot, the fourth never. */
const isThere = (node: number, index: number): boolean =>
  node < 2 || (node === 2 && index % 2 === 0);

describe("the board of the latest closed epoch", () => {
  it("is empty before the first", async () => {
    const { epochs } = world.start();
    expect(await epochs.leaderboard({})).toMatchObject({ items: [], total: 0 });
    expect(await epochs.figures()).toBeNull();
    expect(await epochs.recompute(first)).toBeNull();
  });

  it("ranks by score, page by page, and adds up what the results say", async () => {
    const { epochs } = world.start();
    await world.play(first, isThere);
    expect(await epochs.due()).toBe(first);
    await epochs.settleDue(alive);
    expect(await epochs.due()).toBeNull();

    const { items, total } = await epochs.leaderboard({ limit: 3 });
    expect(total).toBe(4);
    expect(items.map(({ rank }) => rank)).toEqual([1, 2, 3]);
    expect(items[2]?.result.node_id).toBe(world.nodes[2]?.nodeId);
    const next = await epochs.leaderboard({ page: 2, limit: 3 });
    expect(next.items.map(({ rank, result }) => [rank, result.node_id])).toEqual([
      [4, world.nodes[3]?.nodeId],
    ]);

    const all = [...items, ...next.items].map(({ result }) => result);
    const sum = (of: "present" | "eligible" | "credits"): number =>
      all.reduce((whole, result) => whole + result[of], 0);
    expect((await epochs.figures())?.figures).toEqual({
      results: 4,
      valid: all.filter(({ valid }) => valid).length,
      present: sum("present"),
      eligible: sum("eligible"),
      credits: sum("credits"),
      score: { lowest: all[3]?.score, median: all[2]?.score, highest: all[0]?.score },
    });
  });

  it("is that of the next epoch once it is closed", async () => {
    const { epochs } = world.start();
    await world.play(first, isThere);
    await epochs.settleDue(alive);
    expect((await epochs.figures())?.epoch.epoch).toBe(first);
    await world.play(first + 1, isThere);
    await epochs.settleDue(alive);
    expect((await epochs.figures())?.epoch.epoch).toBe(first + 1);
  });
});

describe("recomputing an epoch", () => {
  const settleStrangely = async () => {
    const settler = world.start();
    await world.play(first, isThere);
    // Deaf for so long that nobody's time can be measured, and then there again.
    await world.sleepUntil(first + 1, 14);
    await world.play(first + 1, isThere);
    await world.play(first + 2, (node) => node === 3);
    await settler.epochs.settleDue(alive);
    return settler.epochs;
  };

  it("comes to what settlement came to, in epochs of every kind", async () => {
    const epochs = await settleStrangely();
    for (const epoch of [first, first + 1, first + 2]) {
      const recomputed = await epochs.recompute(epoch);
      expect(recomputed?.differences).toEqual([]);
      expect(recomputed?.outcome.root).toBe(recomputed?.document.root);
    }
  });

  it("names what was changed in the store", async () => {
    const epochs = await settleStrangely();
    const { run = "" } = (await epochs.document(first)) ?? {};
    const nodeId = world.nodes[0]?.nodeId ?? "";
    const results = world.store.collection(epochResultCollection);
    await results.update(
      resultDocumentId(first, run, nodeId),
      { score: 9_999, reward_micro: 1n },
      { expect: {} },
    );
    const recomputed = await epochs.recompute(first);
    const fields = recomputed?.differences.map((one) => [one.nodeId, one.field, one.stored]);
    expect(fields).toEqual([
      [nodeId, "score", "9999"],
      [nodeId, "reward_micro", "1"],
    ]);
  });
});
