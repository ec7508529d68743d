import type { Signer } from "@lucid/tron";
import { expect, test } from "vitest";
import { serverUri } from "../../../packages/platform/src/documents/mongodb/testing/server-uri.ts";
import { exploreSchedules } from "./explore.ts";
import { parseSchedule, provePayouts, replaySchedule, scheduleToId } from "./index.ts";
import { playSchedule } from "./play.ts";
import { openStage } from "./stage.ts";

/** A part of what `npm run faults -- payouts` plays, in this thread. */
const SCHEDULES = 50;

test("nobody is paid twice or not at all, whatever goes wrong, alone or in pairs", async () => {
  const told: string[] = [];
  const tell = (line: string) => void told.push(line);
  const report = await provePayouts({ schedules: SCHEDULES, seed: 11, workers: 0, tell });
  expect({ report, told }).toMatchObject({
    report: {
      schedules: SCHEDULES,
      pairs: 20,
      paid_twice: 0,
      lost: 0,
      stuck_without_a_name: 0,
      ledger_broken: 0,
    },
  });
}, 120_000);

test.skipIf(serverUri === null)(
  "nor on MongoDB",
  async () => {
    const engine = { mongodb: serverUri ?? "" };
    const report = await provePayouts({
      schedules: 8,
      seed: 5,
      workers: 0,
      engine,
      tell: () => {},
    });
    expect(report).toMatchObject({
      paid_twice: 0,
      lost: 0,
      stuck_without_a_name: 0,
      ledger_broken: 0,
    });
  },
  120_000,
);

test("the check sees it: a copy of the books pays twice when the signer remembers nothing", async () => {
  await using stage = await openStage("paid");
  const kinds: string[] = [];
  const forgetful = () => ({
    of: () => (key: Signer) => key,
    doom: () => {},
    restore: () => {},
    lower: () => {},
    accept: () => {},
    [Symbol.dispose]: () => {},
  });
  for (const at of [35, 41, 47, 53, 59]) {
    const steps = [{ at, harm: "clone" as const }];
    const played = await playSchedule(stage, { plot: "paid", steps }, forgetful);
    kinds.push(...played.findings.map(({ kind }) => kind));
  }
  expect(kinds).toContain("paid_twice");
});

test("a schedule is played again by its id, and another text is none", async () => {
  const id = "paid/40:dies_after+60:restored=3";
  const schedule = parseSchedule(id);
  if (schedule === null) throw new Error("an id");
  expect(scheduleToId(schedule)).toBe(id);
  expect(await replaySchedule(schedule)).toMatchObject([{ id, findings: [] }]);
  for (const text of ["paid/40:sabotage", "paid/0:twice", "unpaid/4:twice", "4:twice"])
    expect(parseSchedule(text)).toBeNull();
});

test("singles are systematic, pairs follow from the seed", () => {
  const course = { operations: 100, writes: [10, 20, 30] };
  const explore = (schedules: number, seed: number) =>
    exploreSchedules(course, { plot: "paid", schedules, seed });
  const all = explore(100_000, 1);
  expect(all.singles.length + all.pairs.length).toBe(100_000);
  const ids = new Set(all.singles.map(scheduleToId));
  expect(ids.size).toBe(all.singles.length);
  expect(ids).toContain("paid/57:dies_before");
  expect(ids).toContain("paid/30:restored=0");
  expect(explore(500, 3)).toEqual(explore(500, 3));
  expect(explore(500, 3).pairs).not.toEqual(explore(500, 4).pairs);
});
