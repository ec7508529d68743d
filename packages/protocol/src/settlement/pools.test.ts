import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import genesisVectors from "../../../../vectors/genesis.json" with { type: "json" };
import { createBitmap, setBits } from "../beacons/bitmap.ts";
import { parseGenesis } from "../genesis.ts";
import { demoPolicy } from "../policy-defaults.ts";
import { REPUTATION_START } from "../reputation.ts";
import type { EpochResult } from "./records.ts";
import { settleEpoch } from "./settle.ts";
import type { NodeEvidence } from "./settle.ts";

const genesis = parseGenesis(genesisVectors.networks[1]?.genesis);
const SLOTS = genesis.slots_per_epoch;
const policy = demoPolicy({ fromEpoch: 0, epochBudgetMicro: 100_000_007n });

const seat = fc.record({
  pool_id: fc.constantFrom("pool_a", "pool_b"),
  consent: fc.constantFrom("equal", "work_credits"),
});
const nodes = fc
  .array(fc.record({ beacons: fc.nat({ max: SLOTS }), pool: fc.option(seat) }), { maxLength: 14 })
  .map((list) => list.map(({ beacons, pool }, n) => evidence(n, beacons, pool)));

function evidence(n: number, beacons: number, pool: NodeEvidence["pool"] | null): NodeEvidence {
  const start = { alpha: REPUTATION_START, beta: REPUTATION_START };
  const ids = { node_id: `node_${String(n).padStart(2, "0")}`, owner_id: `owner_${n}` };
  const bitmaps = { active: firstSlots(SLOTS), present: firstSlots(beacons) };
  return { ...ids, ...start, ...bitmaps, ...(pool && { pool }) };
}

function firstSlots(count: number): Uint8Array {
  const bitmap = createBitmap(SLOTS);
  setBits(bitmap, 0, count);
  return bitmap;
}

function settle(list: readonly NodeEvidence[]): Map<string, EpochResult> {
  const excused = createBitmap(SLOTS);
  const input = { genesis, policy, epoch: 40_000, nodes: list, excused, deafEmptySlots: 0 };
  return new Map(settleEpoch(input).results.map((result) => [result.node_id, result]));
}

/** The same without pools. */
function alone(list: readonly NodeEvidence[]): Map<string, EpochResult> {
  const apart = list.map((node) => ({ ...node }));
  for (const node of apart) delete node.pool;
  return settle(apart);
}

function sumOf(results: Map<string, EpochResult>, list: readonly NodeEvidence[]): bigint {
  return list.reduce(
    (sum, { node_id }) => sum + BigInt(results.get(node_id)?.reward_micro ?? 0),
    0n,
  );
}

describe("pools", () => {
  test("keep what their equal members earned, to the last micro-USDT", () => {
    fc.assert(
      fc.property(nodes, (list) => {
        for (const pool of ["pool_a", "pool_b"]) {
          const members = list.filter((node) => isEqualIn(node, pool));
          expect(sumOf(settle(list), members)).toBe(sumOf(alone(list), members));
        }
      }),
    );
  });

  test("change nothing for anybody else, and nothing but rewards", () => {
    fc.assert(
      fc.property(nodes, (list) => {
        const [together, apart] = [settle(list), alone(list)];
        const others = list.filter((node) => node.pool?.consent !== "equal");
        for (const { node_id } of others) expect(together.get(node_id)).toEqual(apart.get(node_id));
        const unpaid = (results: Map<string, EpochResult>) =>
          [...results.values()].map((result) => ({ ...result, reward_micro: "" }));
        expect(unpaid(together)).toEqual(unpaid(apart));
      }),
    );
  });

  test("give their equal members the same, up to one micro-USDT, and nothing to those without valid work", () => {
    fc.assert(
      fc.property(nodes, (list) => {
        const results = settle(list);
        for (const pool of ["pool_a", "pool_b"]) {
          const members = list.filter((node) => isEqualIn(node, pool));
          const found = members.flatMap(({ node_id }) => results.get(node_id) ?? []);
          const shares = found.filter(({ valid }) => valid).map((one) => Number(one.reward_micro));
          expect(
            Math.max(0, ...shares) - Math.min(...shares, Math.max(0, ...shares)),
          ).toBeLessThanOrEqual(1);
          const invalid = found.filter(({ valid }) => !valid);
          expect(invalid.every(({ reward_micro }) => reward_micro === "0")).toBe(true);
        }
      }),
    );
  });
});

function isEqualIn({ pool }: NodeEvidence, poolId: string): boolean {
  return pool?.consent === "equal" && pool.pool_id === poolId;
}
