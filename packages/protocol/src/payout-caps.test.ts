import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { firstBeyondCaps } from "./payout-caps.ts";
import { defaultPolicy } from "./policy-defaults.ts";

const { payout } = defaultPolicy({ fromEpoch: 0, epochBudgetMicro: 1n });
const rules = {
  ...payout,
  mode: "auto" as const,
  hour_cap_micro: "40",
  day_cap_micro: "90",
  day_count: 6,
  owner_day_count: 3,
};
const HOUR = 3_600_000;

const approvals = fc
  .array(
    fc.record({
      owner_id: fc.constantFrom("a", "b", "c"),
      gross_micro: fc.integer({ min: 1, max: 30 }).map(String),
      at: fc.integer({ min: 0, max: 48 * HOUR }),
    }),
    { maxLength: 20 },
  )
  .map((list) => list.map((one, n) => ({ ...one, payout_id: `${n}`, rules })));

type Approvals = typeof approvals extends fc.Arbitrary<infer T> ? T : never;

function isWithin(list: Approvals): boolean {
  const largest = (
    key: (one: Approvals[number]) => string,
    size: (one: Approvals[number]) => number,
  ) =>
    Math.max(
      0,
      ...[...Map.groupBy(list, key).values()].map((group) =>
        group.reduce((sum, one) => sum + size(one), 0),
      ),
    );
  const day = (one: Approvals[number]) => `${Math.floor(one.at / (24 * HOUR))}`;
  const gross = (one: Approvals[number]) => Number(one.gross_micro);
  return (
    largest((one) => `${Math.floor(one.at / HOUR)}`, gross) <= 40 &&
    largest(day, gross) <= 90 &&
    largest(day, () => 1) <= 6 &&
    largest(
      (one) => `${day(one)} ${one.owner_id}`,
      () => 1,
    ) <= 3
  );
}

describe("caps of payouts", () => {
  test("hold exactly when no hour, day or owner has too much", () => {
    fc.assert(
      fc.property(approvals, (list) => {
        expect(firstBeyondCaps(list) === null).toBe(isWithin(list));
      }),
      { numRuns: 500 },
    );
  });

  test("are kept by everything before the first beyond one", () => {
    fc.assert(
      fc.property(approvals, (list) => {
        const found = firstBeyondCaps(list);
        fc.pre(found !== null);
        const { at } = list[found.position] as Approvals[number];
        const before = list.filter(
          (one, i) => one.at < at || (one.at === at && i < found.position),
        );
        expect(firstBeyondCaps(before)).toBeNull();
        expect(found.reached).toBeGreaterThan(found.limit);
      }),
    );
  });

  test("do not count a payout again that is approved again", () => {
    fc.assert(
      fc.property(approvals, (list) => {
        fc.pre(firstBeyondCaps(list) === null);
        expect(firstBeyondCaps([...list, ...list])).toBeNull();
      }),
    );
  });
});
