import { createBitmap, settleEpoch, setBit, type SettlementInput } from "@lucid/protocol";
import { describe, expect, it } from "vitest";
import { testGenesis, testNetwork, testPolicy } from "../testing/index.ts";
import { openTestStore } from "../testing/store.ts";
import { epochCollection, epochResultCollection } from "./documents.ts";
import { createHistory } from "./history.ts";
import { countEmpty, firstCut, isWhollyExcused, markSlots, settlesAt, union } from "./rules.ts";
import { computeRun } from "./run.ts";
import { explainResult } from "./why.ts";

const genesis = testGenesis();
const slots = (...indexes: number[]) => {
  return mark(createBitmap(genesis.slots_per_epoch), indexes);
};
const mark = (bitmap: Uint8Array, indexes: readonly number[]) => {
  for (const index of indexes) setBit(bitmap, index);
  return bitmap;
};

describe("slots that count against nobody", () => {
  it("are empty when no node was heard in them", () => {
    const deaf = markSlots(genesis, 31, [466, 467, 468]);
    expect(deaf).toEqual(slots(1, 2, 3));
    expect(countEmpty(deaf, [slots(0, 2), slots(2, 14)], 15)).toBe(2);
    expect(countEmpty(deaf, [], 15)).toBe(3);
  });

  it("are those of any excuse", () => {
    expect(union(slots(0, 2), slots(2, 14))).toEqual(slots(0, 2, 14));
  });

  it("are the whole of an epoch from the network's first slot on, or not", () => {
    const late = { ...genesis, first_slot: 477 };
    expect(isWhollyExcused(late, 31, slots(12, 13, 14))).toBe(true);
    expect(isWhollyExcused(late, 31, slots(12, 14))).toBe(false);
    expect(isWhollyExcused(genesis, 31, slots(12, 13, 14))).toBe(false);
  });
});

it("an epoch is settled at the earliest with the grace after slot index 1 of the next", () => {
  expect(firstCut(genesis, 30)).toBe(31 * 15 + 1);
  expect(settlesAt(genesis, 30)).toBe(genesis.origin_ms + (31 * 15 + 2) * 2000 + 400);
});

describe("results", () => {
  const network = testNetwork(testGenesis({ slots_per_epoch: 60 }));
  const node = { node_id: `node_${"a".repeat(32)}`, owner_id: `owner_${"a".repeat(32)}` };
  const all = createBitmap(60).fill(255, 0, 7);
  const evidence = (changes: object, excused = createBitmap(60)): SettlementInput => ({
    genesis: network.genesis,
    policy: testPolicy(network),
    epoch: 8,
    nodes: [{ ...node, active: all, present: all, alpha: 5_000_000, beta: 5_000_000, ...changes }],
    excused,
    deafEmptySlots: 0,
  });

  it("are a run named by their root, with the sum of weights that rewards were split by", () => {
    const input = evidence({});
    const { outcome, documents } = computeRun(input);
    const { closed } = settleEpoch(input);
    expect(outcome).toMatchObject({ root: closed.root, run: closed.root.slice(0, 16), count: 1 });
    const [result] = documents;
    expect(outcome.weight).toBe(BigInt((result?.credits ?? 0) * (result?.score ?? 0)));
    expect(computeRun(input)).toEqual(computeRun(evidence({})));
  });

  it("carry the last known time through an epoch in which it is unknown", async () => {
    const nearlyAll = mark(createBitmap(60).fill(255, 0, 6), [48, 49, 50, 51, 52, 53]);
    const unknown = computeRun(evidence({ present: createBitmap(60), last_time: 4321 }, nearlyAll));
    expect(unknown.documents[0]).toMatchObject({ time_known: false, time: 4321, last_time: 4321 });
    const known = computeRun(evidence({ last_time: 4321 }));
    expect(known.documents[0]).toMatchObject({ time_known: true, last_time: 10_000 });

    await using store = await openTestStore();
    const results = store.collection(epochResultCollection);
    const history = createHistory({ epochs: store.collection(epochCollection), results });
    await results.insertMany(unknown.documents);
    await history.load(12);
    const carried = { last_time: 4321, alpha: 5_000_000, beta: 5_000_000 };
    expect(await history.carried(node.node_id)).toEqual(carried);
    expect(await history.carried("node_new")).toEqual({ alpha: 5_000_000, beta: 5_000_000 });
    history.absorb(12, known.documents);
    await history.load(13);
    expect(await history.carried(node.node_id)).toEqual({ ...carried, last_time: 10_000 });
  });

  it("say why in sentences whose numbers are the result's", () => {
    const { documents, outcome } = computeRun(evidence({}));
    const [result] = documents;
    if (result === undefined) throw new Error("no result");
    const rules = { policy: testPolicy(network), epoch: outcome, minUptime: 2000 };
    const why = explainResult(result, rules);
    expect(why[0]).toBe("Time 100.00, weight 40 %: 56 of the 56 slots that count had a beacon.");
    expect(why).toContain("Score 85.00: the four by their weights.");
    expect(why.at(-1)).toContain("100.00 % of the epoch's 10.000000 USDT");
    const lazy = computeRun(evidence({ present: mark(createBitmap(60), [1]) })).documents[0];
    if (lazy === undefined) throw new Error("no result");
    expect(explainResult(lazy, rules)).toContain(
      "Not valid, so it earns nothing: score 40.71 is below 50.00; time 1.78 is below 20.00.",
    );
    expect(explainResult(lazy, rules).at(-1)).toBe("Reward 0.000000 USDT.");
  });
});
