import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type DecisionWorld, openDecisionWorld, usdt } from "../testing/decision-world.ts";
import type { PayerProcess } from "../testing/payer-world.ts";

/** What one process tells about the payer. */
const told = ({ payouts }: PayerProcess) => ({ ...payouts.state(), ...payouts.schedule() });
const inAll = async ({ payouts }: PayerProcess): Promise<number> =>
  (await payouts.list({ limit: 100 })).items.length;

let t: DecisionWorld;
let holder: PayerProcess;
let other: PayerProcess;

beforeEach(async () => {
  t = await openDecisionWorld(20);
  holder = t.payer;
  other = t.world.start();
  await t.runs(3);
});
afterEach(() => t[Symbol.asyncDispose]());

describe("a process that does not hold the payer's lease", () => {
  it("has the one that does look for due owners before the period is over", async () => {
    await t.world.earn(t.other, usdt(15));
    await holder.run();
    expect(await inAll(holder)).toBe(1);
    await other.payouts.request();
    expect(await holder.payouts.follow()).toBe(true);
    expect(await holder.payouts.follow()).toBe(false);
    await holder.run();
    expect(await inAll(holder)).toBe(2);
    const { lastRunMs, nextRunMs } = holder.payouts.schedule();
    await holder.run();
    expect(holder.payouts.schedule()).toEqual({ lastRunMs, nextRunMs });
  });

  it("wakes it for a decision without having it look for due owners", async () => {
    await t.world.earn(t.other, usdt(15));
    await other.payouts.call();
    expect(await holder.payouts.follow()).toBe(true);
    await holder.run();
    expect(await inAll(holder)).toBe(1);
  });

  it("says what the payer last said, about when and why it waits", async () => {
    await other.payouts.follow();
    expect(told(other)).toEqual(told(holder));
    expect(told(other)).toMatchObject({
      state: "running",
      lastRunMs: expect.any(Number) as number,
    });
    await other.payouts.turn({ isPaused: true, reason: "audit", by: "ann" });
    await holder.run();
    await other.payouts.follow();
    expect(told(holder)).toMatchObject({ state: "paused" });
    expect(told(other)).toEqual(told(holder));
    await t.world.earn(t.other, usdt(15));
    const owner = t.world.services.registry.ownerOfAddress(t.other.address);
    if (owner === null) throw new Error("the node has an owner");
    expect(await other.payouts.explainWait(owner)).toContain("audit");
    await other.payouts.turn({ isPaused: false, reason: "done", by: "ann" });
    await holder.run();
    expect(await inAll(holder)).toBe(2);
  });
});

it("keeps the word of the payer that holds the lease against one that wakes late", async () => {
  await other.payouts.turn({ isPaused: true, reason: "audit", by: "ann" });
  await holder.run(100);
  const late = t.world.start();
  const { lastRunMs } = holder.payouts.schedule();
  await t.world.services.clock.advance(1000);
  await late.run(99).catch(() => null);
  expect(late.payouts.schedule()).toMatchObject({ lastRunMs });
  await holder.payouts.follow();
  expect(holder.payouts.schedule()).toMatchObject({ lastRunMs });
});
