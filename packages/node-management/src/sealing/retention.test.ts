import { describe, expect, it } from "vitest";
import { segmentCollection } from "../beacons/documents.ts";
import { createSealingWorld } from "../testing/sealing-world.ts";
import { slotCollection } from "./documents.ts";

const first = 450;

describe("old bodies", () => {
  it("go once the log has them, with the beacons they were made of, and never before", async () => {
    await using world = await createSealingWorld();
    const process = await world.start();
    await world.facts.enrol(process, 0);
    await world.goTo(first + 1, 500);
    await world.facts.commit(process, 0);
    for (let slot = first + 1; slot < first + 30; slot++) {
      await world.goTo(slot, 600);
      await world.facts.beacon(process, 0);
      await process.seal();
      if (slot === first + 20)
        world.publicLog.answer = () => ({ outcome: "unreachable", detail: "down" });
    }
    const appended = process.sealing.sender.appendedSlot() ?? 0;
    const { signal } = new AbortController();
    const presence = await process.sealing.presence(30);

    expect(await process.sealing.clear({ beforeSlot: first + 5, signal })).toBe(5);
    expect(await process.sealing.body(first + 4)).toBeNull();
    expect(await process.sealing.body(first + 5)).not.toBeNull();
    await process.sealing.clear({ beforeSlot: first + 100, signal });
    expect(await process.sealing.body(appended)).toBeNull();
    expect(await process.sealing.body(appended + 1)).not.toBeNull();
    const segments = await world.store.collection(segmentCollection).find();
    expect(Math.min(...segments.map(({ slot }) => slot))).toBe(appended + 1);
    expect(await world.store.collection(slotCollection).count()).toBe(29);
    expect(presence.size).toBe(1);

    world.publicLog.answer = null;
    await world.goTo(first + 80);
    await process.seal();
    expect(process.sealing.sender.lagSlots()).toBe(0);
  });
});
