import { createTestClock } from "@lucid/platform/clock";
import { openDocuments } from "@lucid/platform/documents";
import { createLog } from "@lucid/platform/log";
import { slotStart } from "@lucid/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testGenesis } from "../testing/index.ts";
import { createFaultyDocuments } from "../testing/faults.ts";
import { listeningCollection } from "./documents.ts";
import { createHearing, type HearingKeeper } from "./hearing.ts";
import { listen } from "./listen.ts";

const genesis = testGenesis();
const slot = 450;
const log = createLog({ level: "silent", name: "test" });

const start = async () => {
  const faulty = createFaultyDocuments();
  const stored = await openDocuments({ engine: "sqlite", path: ":memory:" }, [listeningCollection]);
  const clock = createTestClock(slotStart(genesis, slot));
  const collection = faulty.decorate(stored).collection(listeningCollection);
  const open = () =>
    createHearing({ collection, genesis, clock, log }, { replica: "r", rememberMs: 100_000 });
  const hearing = await open();
  return { faulty, stored, clock, open, hearing };
};

let test: Awaited<ReturnType<typeof start>>;
beforeEach(async () => {
  test = await start();
});
afterEach(() => test.stored[Symbol.asyncDispose]());

const listenFor = async (ms: number, hearing: HearingKeeper = test.hearing) => {
  const stop = new AbortController();
  const listening = listen({ hearing, clock: test.clock, genesis }, stop.signal);
  await test.clock.advance(ms);
  stop.abort();
  await listening;
};

describe("hearing", () => {
  it("covers the slots in which we listened, and no others", async () => {
    await listenFor(4000);
    expect(await test.hearing.deafMs(slot)).toBe(0);
    expect(await test.hearing.deafMs(slot + 1)).toBe(0);
    expect(await test.hearing.deafMs(slot + 2)).toBe(2000);
    expect(await test.hearing.deafMs(slot - 1)).toBe(2000);
    expect([slot, slot + 2].map(test.hearing.isDeaf)).toEqual([false, true]);
  });

  it("is remembered over a restart, and the time between is deaf", async () => {
    await listenFor(2100);
    await test.clock.advance(1000);
    const again = await test.open();
    await listenFor(900, again);
    expect(await again.deafMs(slot)).toBe(0);
    expect(await again.deafMs(slot + 1)).toBe(1000);
    expect(again.isDeaf(slot + 1)).toBe(true);
  });

  it("ends when the process stands still", async () => {
    const stop = new AbortController();
    await test.hearing.beat();
    await test.clock.advance(301);
    await test.hearing.beat();
    stop.abort();
    await test.clock.advance(100);
    await test.hearing.beat();
    await listenFor(1599);
    expect(await test.hearing.deafMs(slot)).toBe(301);
  });

  it("ends when the clock jumps", async () => {
    await test.hearing.beat();
    test.clock.set(test.clock.now() + 500);
    await listenFor(1500);
    expect(await test.hearing.deafMs(slot)).toBe(500);
  });

  it("ends when the store does not take a beat, and begins again when it does", async () => {
    test.faulty.break("listening", "fails");
    await test.hearing.beat();
    expect(test.hearing.state()).toMatchObject({ hearing: false });
    test.faulty.break("listening", null);
    await test.clock.advance(100);
    await test.hearing.beat();
    expect(test.hearing.state()).toMatchObject({ hearing: true });
  });

  it("ends when something that was heard could not be kept", async () => {
    await test.hearing.beat();
    test.hearing.interrupt("a beacon was not stored");
    expect(test.hearing.state().detail).toContain("a beacon was not stored");
  });
});
