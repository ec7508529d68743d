import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import genesisVectors from "../../../../vectors/genesis.json" with { type: "json" };
import { createBitmap, getBit, setBit } from "../beacons/bitmap.ts";
import { fromHex, sha256, toHex, u64 } from "../bytes.ts";
import { parseGenesis } from "../genesis.ts";
import { nodeId, ownerId } from "../identity.ts";
import { demoPolicy } from "../policy-defaults.ts";
import { REPUTATION_START } from "../reputation.ts";
import { epochResultLeaf } from "./records.ts";
import { proratedBudget, settleEpoch } from "./settle.ts";
import type { NodeEvidence, SettlementInput } from "./settle.ts";
import { splitByWeight } from "./split.ts";

const genesis = parseGenesis(genesisVectors.networks[1]?.genesis);
const SLOTS = genesis.slots_per_epoch;
const policy = demoPolicy({ fromEpoch: 0, epochBudgetMicro: 100_000_007n });
const EVERY_SLOT = fromHex("fffe");
const epoch = 40_000;
const start = { alpha: REPUTATION_START, beta: REPUTATION_START };
const owner_id = ownerId("00".repeat(32), "TCLBgkbfVkJroVBJVqBEsxtPNQEQMTQCLQ");

const bitmap = fc.array(fc.boolean(), { minLength: SLOTS, maxLength: SLOTS }).map((flags) => {
  const bits = createBitmap(SLOTS);
  for (const [index, flag] of flags.entries()) if (flag) setBit(bits, index);
  return bits;
});
const node = fc.record({ active: bitmap, present: bitmap, last_time: fc.nat({ max: 10_000 }) });
const nodes = fc
  .array(node, { minLength: 1, maxLength: 12 })
  .map((list) =>
    list.map((evidence, n) => ({ ...evidence, ...start, node_id: numbered(n), owner_id })),
  );

function numbered(n: number): string {
  return nodeId(toHex(sha256(u64(n))));
}

function settle(
  evidence: readonly NodeEvidence[],
  excused: Uint8Array,
  more: Partial<SettlementInput> = {},
) {
  return settleEpoch({
    genesis,
    policy,
    epoch,
    nodes: evidence,
    excused,
    deafEmptySlots: 0,
    ...more,
  });
}

describe("a split", () => {
  const parts = fc
    .array(fc.bigInt({ min: 0n, max: 10n ** 12n }))
    .map((weights) => weights.map((weight, n) => ({ id: `n${n}`, weight })));
  const budget = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });

  test("sums to the budget to the last micro-USDT, or to nothing", () => {
    fc.assert(
      fc.property(budget, parts, (amount, weighted) => {
        const spent = [...splitByWeight(amount, weighted).values()].reduce(
          (sum, part) => sum + part,
          0n,
        );
        expect(spent).toBe(weighted.some(({ weight }) => weight > 0n) ? amount : 0n);
      }),
    );
  });

  test("does not depend on the order of its parts, and gives more to the heavier", () => {
    fc.assert(
      fc.property(budget, parts, (amount, weighted) => {
        const amounts = splitByWeight(amount, weighted);
        const reversed = splitByWeight(amount, weighted.toReversed());
        expect(reversed.size).toBe(amounts.size);
        for (const { id } of weighted) expect(reversed.get(id)).toBe(amounts.get(id));
        // Of equal weights the lower id is first to get what is left over.
        const byWeight = weighted
          .toSorted((a, b) => (a.id < b.id ? 1 : -1))
          .sort((a, b) => Number(a.weight - b.weight));
        const ascending = byWeight.map(({ id }) => amounts.get(id) ?? 0n);
        expect(ascending.every((part, i) => i === 0 || (ascending[i - 1] ?? 0n) <= part)).toBe(
          true,
        );
      }),
    );
  });
});

describe("settlement", () => {
  test("keeps every figure in range and spends what it says", () => {
    fc.assert(
      fc.property(nodes, bitmap, (evidence, excused) => {
        const { results, closed } = settle(evidence, excused);
        for (const result of results) {
          for (const ratio of ["time", "own", "reputation", "contribution", "score"] as const) {
            expect(result[ratio]).toBeGreaterThanOrEqual(0);
            expect(result[ratio]).toBeLessThanOrEqual(10_000);
          }
          expect(result.present).toBeLessThanOrEqual(result.eligible);
          expect(result.valid || result.reward_micro === "0").toBe(true);
        }
        const total = results.reduce((sum, { reward_micro }) => sum + BigInt(reward_micro), 0n);
        expect(closed.total_micro).toBe(total.toString());
        expect(total).toBe(results.some(({ valid }) => valid) ? BigInt(closed.budget_micro) : 0n);
      }),
    );
  });

  test("does not depend on the order of nodes", () => {
    fc.assert(
      fc.property(nodes, bitmap, (evidence, excused) => {
        expect(settle(evidence.toReversed(), excused)).toEqual(settle(evidence, excused));
      }),
    );
  });

  test("one more beacon of its own never lowers the score of a node that reaches min_uptime", () => {
    fc.assert(
      fc.property(
        nodes,
        bitmap,
        fc.nat(),
        fc.nat({ max: SLOTS - 1 }),
        (evidence, excused, pick, slot) => {
          const chosen = evidence[pick % evidence.length] as NodeEvidence;
          const before = settle(evidence, excused).results.find(
            ({ node_id }) => node_id === chosen.node_id,
          );
          fc.pre(before !== undefined && before.time >= genesis.min_uptime && before.credits > 0);
          fc.pre(getBit(chosen.active, slot));
          const present = chosen.present.slice();
          setBit(present, slot);
          const richer = evidence.map((other) =>
            other === chosen ? { ...chosen, present } : other,
          );
          const after = settle(richer, excused).results.find(
            ({ node_id }) => node_id === chosen.node_id,
          );
          expect(after?.score).toBeGreaterThanOrEqual(before.score);
          expect(after?.time).toBeGreaterThanOrEqual(before.time);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("an excuse never lowers a node's time or credits", () => {
    fc.assert(
      fc.property(nodes, (evidence) => {
        const strict = settle(evidence, createBitmap(SLOTS)).results;
        const lenient = settle(evidence, EVERY_SLOT).results;
        for (const result of lenient) {
          const other = strict.find(({ node_id }) => node_id === result.node_id);
          expect(result.credits).toBe(other?.credits);
          expect(result.time).toBeGreaterThanOrEqual(result.credits > 0 ? (other?.time ?? 0) : 0);
        }
      }),
    );
  });

  test("refuses a node that is listed twice", () => {
    const one = {
      node_id: numbered(1),
      owner_id,
      ...start,
      active: createBitmap(15),
      present: createBitmap(15),
    };
    expect(() => settle([one, one], createBitmap(SLOTS))).toThrow(/listed twice/);
  });

  test.each(["ffff", "ff", "fffe00"])("refuses %s as a bitmap of 15 slots", (hex) => {
    const one = {
      node_id: numbered(1),
      owner_id,
      ...start,
      active: fromHex(hex),
      present: EVERY_SLOT,
    };
    expect(() => settle([one], createBitmap(SLOTS))).toThrow(
      expect.objectContaining({ code: "settlement.bitmap" }),
    );
  });

  test("refuses to guess stake", () => {
    const stake = { token: "TCLBgkbfVkJroVBJVqBEsxtPNQEQMTQCLQ", full_stake_micro: "1" };
    expect(() => settle([], createBitmap(SLOTS), { policy: { ...policy, stake } })).toThrow(
      expect.objectContaining({ code: "settlement.stake" }),
    );
  });

  test("prorates no further than to nothing", () => {
    expect(proratedBudget(genesis, policy, epoch, SLOTS + 1)).toBe(0n);
    expect(proratedBudget(genesis, policy, epoch, 0)).toBe(BigInt(policy.epoch_budget_micro));
  });
});

test("a leaf says what record it is", () => {
  const always = EVERY_SLOT;
  const evidence = { node_id: numbered(0), owner_id, ...start, active: always, present: always };
  const [result] = settle([evidence], createBitmap(SLOTS)).results;
  expect(result).toBeDefined();
  if (result === undefined) return;
  const leaf = new TextDecoder().decode(epochResultLeaf(result));
  expect(leaf.startsWith('\u0002{"data":{"alpha":5000000,')).toBe(true);
  expect(leaf.endsWith('},"record":"epoch_result"}')).toBe(true);
});
