import { createTestClock } from "@lucid/platform/clock";
import {
  checkpointText,
  ed25519PublicKey,
  fromHex,
  type SignedCheckpoint,
  signNote,
  toHex,
} from "@lucid/protocol";
import { describe, expect, it } from "vitest";
import { testGenesis } from "../testing/index.ts";
import { createBudget } from "./budget.ts";
import { createSeenJudge } from "./seen.ts";

const seed = new Uint8Array(32).fill(3);
const genesis = testGenesis({ log_key: toHex(ed25519PublicKey(seed)) });

const headOf = (size: number, root = "ab".repeat(32)): SignedCheckpoint => {
  const text = checkpointText({ origin: genesis.log_origin, size, root: fromHex(root, 32) });
  const { signature } = signNote(text, { name: genesis.log_origin, seed });
  return { size, root, signature: toHex(signature) };
};
const lie = (size: number): SignedCheckpoint => ({ ...headOf(1), size });

const setUp = (failuresPerSecond: number) => {
  const clock = createTestClock(0);
  const budget = createBudget(clock, { failuresPerConnection: 1000, failuresPerSecond });
  let checks = 0;
  const judge = createSeenJudge({
    genesis,
    budget: {
      ...budget,
      signatureFailed: (connection) => {
        checks += 1;
        budget.signatureFailed(connection);
      },
    },
  });
  return { clock, judge, failedChecks: () => checks };
};

describe("a checkpoint that an agent saw", () => {
  it("is news when it is larger than what we know and the log signed it", () => {
    const { judge, failedChecks } = setUp(10);
    expect(judge(headOf(8), 7, { failures: 0 })).toBe(true);
    expect(judge(headOf(8), 8, { failures: 0 })).toBe(false);
    expect(judge(lie(9), 8, { failures: 0 })).toBe(false);
    expect(failedChecks()).toBe(1);
  });

  it("costs no check when we know a larger one, whatever it says", () => {
    const { judge, failedChecks } = setUp(10);
    for (let size = 1; size <= 500; size++) judge(lie(size), 500, { failures: 0 });
    expect(failedChecks()).toBe(0);
  });

  it("costs one check when a lie is told a thousand times, on whatever connections", () => {
    const { judge, failedChecks } = setUp(10);
    for (let i = 0; i < 1000; i++) expect(judge(lie(9), 8, { failures: 0 })).toBe(false);
    expect(failedChecks()).toBe(1);
  });

  it("costs no more than the budget when a thousand lies are told at once, and is heard again after that", async () => {
    const { clock, judge, failedChecks } = setUp(10);
    for (let size = 10; size < 1010; size++) judge(lie(size), 8, { failures: 0 });
    expect(failedChecks()).toBe(10);
    expect(judge(headOf(9), 8, { failures: 0 })).toBe(false);
    await clock.advance(1000);
    expect(judge(headOf(9), 8, { failures: 0 })).toBe(true);
  });

  it("of a node that has proven its key is heard during such a flood", () => {
    const clock = createTestClock(0);
    const budget = createBudget(clock, { failuresPerConnection: 32, failuresPerSecond: 10 });
    const judge = createSeenJudge({ genesis, budget });
    const honest = { failures: 0 };
    budget.proved(honest);
    for (let size = 10; size < 100; size++) judge(lie(size), 8, { failures: 0 });
    expect(judge(headOf(9), 8, honest)).toBe(true);
  });
});
