import * as fc from "fast-check";
import { expect, test } from "vitest";
import { verifyWorld } from "./testing/world/index.ts";
import type { WorldPlan } from "./testing/world/index.ts";

const SLOTS = 12;
const BLOCKS = 40;
const height = (from = 1) => fc.integer({ min: from, max: BLOCKS - 1 });

/** Worlds with whatever presence, gaps, deafness, backlog and delays a network can go through. */
const plans: fc.Arbitrary<Partial<WorldPlan>> = fc
  .record({
    nodes: fc.integer({ min: 1, max: 14 }),
    owners: fc.integer({ min: 1, max: 6 }),
    lateStart: fc.integer({ min: 0, max: SLOTS - 1 }),
    present: fc.infiniteStream(fc.boolean()),
    silentFrom: height(),
    unobserved: fc.uniqueArray(height(), { maxLength: 4 }),
    deaf: fc.uniqueArray(height(), { maxLength: 4 }),
    backlog: fc.uniqueArray(height(), { maxLength: 10 }),
    late: fc.uniqueArray(height(), { maxLength: 6 }),
    approval: fc.record({ node: fc.nat({ max: 13 }), height: height() }),
    maintenance: fc.array(
      fc.record({
        node: fc.constant(0),
        height: fc.constant(2),
        from: height(3),
        length: fc.constant(2),
      }),
      { maxLength: 1 },
    ),
    budgetMicro: fc.bigInt({ min: 0n, max: 90_000_000n }),
  })
  .map(({ present, silentFrom, maintenance, ...plan }) => {
    const drawn = Array.from({ length: 14 * BLOCKS }, () => present.next().value === true);
    return {
      ...plan,
      slotsPerEpoch: SLOTS,
      blocks: BLOCKS,
      announcement: 0,
      approval: { ...plan.approval, node: plan.approval.node % plan.nodes },
      maintenance: maintenance.map(({ length, ...span }) => ({ ...span, to: span.from + length })),
      isPresent: (node, height) =>
        (height < silentFrom || height > silentFrom + 3) && (drawn[14 * height + node] ?? false),
    };
  });

test("whatever happens to an honest network, its books follow", async () => {
  await fc.assert(
    fc.asyncProperty(plans, async (plan) => {
      const { first_mismatch, checked } = await verifyWorld({}, plan);
      expect(first_mismatch).toBeNull();
      expect(checked.blocks).toBe(BLOCKS);
    }),
    { numRuns: 15 },
  );
});
