import { expect, test } from "vitest";
import { catchLie, FIRST_EPOCH, verifyWorld, type WorldRecord } from "../testing/world/index.ts";
import type { Lie, Lies } from "../testing/world/index.ts";

/** The first block in which the first epoch is over, and one of the second epoch after it. */
const HEIGHT = 25;
const LATER = 30;

const rootOf = (epoch: number, root = "ab"): WorldRecord => ({
  type: "audit_root",
  data: { epoch, count: 2, root: root.repeat(32) },
});
const say = (said: Readonly<Record<number, WorldRecord>>): Lies => ({
  records: (height, records) => {
    const record = said[height];
    return record === undefined ? records : [...records, record];
  },
});

const lies: Lie[] = [
  [
    "a root before its epoch is over",
    say({ [HEIGHT]: rootOf(FIRST_EPOCH + 1) }),
    `audit_root.early @ ${HEIGHT}`,
  ],
  [
    "a root of an epoch before the network",
    say({ [HEIGHT]: rootOf(FIRST_EPOCH - 1) }),
    `audit_root.order @ ${HEIGHT}`,
  ],
  [
    "a second root of the same trail",
    say({ [HEIGHT]: rootOf(FIRST_EPOCH), [LATER]: rootOf(FIRST_EPOCH, "cd") }),
    `audit_root.order @ ${LATER}`,
  ],
];

test.each<Lie>(lies)("caught: %s", async (_, lie, caught) => {
  expect(await catchLie(lie)).toBe(caught);
});

test("one root of an epoch follows, and what it stands for is counted as the operator's word", async () => {
  const report = await verifyWorld(say({ [HEIGHT]: rootOf(FIRST_EPOCH) }));
  expect(report).toMatchObject({ first_mismatch: null, attested: { audit_roots: 1 } });
});
