import { headerHash, slotStart } from "@lucid/protocol";
import { describe, expect, it } from "vitest";
import { checkLog, checkSlots } from "../testing/check-log.ts";
import { createSealingWorld, sealTheRest } from "../testing/sealing-world.ts";
import { slotCollection } from "./documents.ts";

const first = 450;

describe("an outage", () => {
  it("is caught up with: what happened before it, then empty slots, then what happened after it", async () => {
    await using world = await createSealingWorld();
    const before = await world.start();
    await world.facts.enrol(before, 0);
    await world.goTo(first + 1, 500);
    await world.facts.commit(before, 0);
    await world.facts.beacon(before, 0);
    await world.goTo(first + 5000, 500);
    const after = await world.start();
    await world.facts.enrol(after, 1);
    await world.facts.commit(after, 0);
    await world.facts.beacon(after, 0);
    await after.seal();
    await sealTheRest(world);
    await checkLog(world);
    await checkSlots(world);
    const { headers } = world.publicLog;
    expect(headers.filter(({ observed }) => observed).map(({ slot }) => slot)).toEqual([
      first + 1,
      first + 5000,
    ]);
    expect(await after.sealing.unobserved(first, first + 4)).toEqual([first, first + 2, first + 3]);
  });

  it("is told to the store many slots at a time, and may be broken off", async () => {
    await using world = await createSealingWorld();
    const process = await world.start();
    await world.goTo(first + 3000);
    const stop = new AbortController();
    stop.abort();
    expect(await process.sealing.run(stop.signal, 1)).toBe(0);
    expect(await process.sealing.run(new AbortController().signal, 1)).toBe(2999);
    const [last] = await world.store
      .collection(slotCollection)
      .find({ sort: [["slot", "desc"]], limit: 1 });
    expect(last?.sealed_at).toBe(slotStart(world.network.genesis, first + 3000));
  });

  it("leaves nothing to another replica that was faster", async () => {
    await using world = await createSealingWorld();
    const [one, two] = [await world.start(), await world.start()];
    await world.goTo(first + 2000);
    await Promise.all([one.seal(), two.seal()]);
    await world.goTo(first + 2010);
    await Promise.all([one.seal(), two.seal()]);
    await sealTheRest(world);
    await checkLog(world);
    await checkSlots(world);
    expect(one.sealing.last()).toEqual(two.sealing.last());
    expect(one.sealing.headerHash()).toBe(two.sealing.headerHash());
    expect(world.publicLog.headers.map(headerHash)).toContain(one.sealing.headerHash());
  });
});
