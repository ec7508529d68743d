import type { ResponseOf, Routes } from "@lucid/api";
import { describe, expect, it } from "vitest";
import { affectedSubjects, eventTypes } from "./affected.ts";
import { withBeacon } from "./draw-beacon.ts";
import { takeReading } from "./reading.ts";
import { createServerClock } from "./server-clock.ts";

const isoAt = (ms: number) => new Date(ms).toISOString();

describe("server clock", () => {
  it("knows nothing before the first answer", () => {
    expect(createServerClock().at(5)).toBeNull();
  });

  it("adds half the round trip and runs on with the monotonic clock", () => {
    const clock = createServerClock();
    clock.learn(1_000_000, 100, 140);
    expect(clock.at(140)).toBe(1_000_020);
    expect(clock.at(1140)).toBe(1_001_020);
  });
});

describe("reading", () => {
  it("is as old as the answer says it is", () => {
    const clock = createServerClock();
    takeReading(clock, { server_time: isoAt(1_000_000) }, 100, 100);
    const reading = takeReading(clock, { as_of: isoAt(1_000_000 - 4000) }, 100, 100);
    expect(reading.takenAt).toBe(100 - 4000);
  });

  it("is new when the answer does not say", () => {
    expect(takeReading(createServerClock(), { items: [] }, 90, 100).takenAt).toBe(100);
  });

  it("does not come from the future", () => {
    const clock = createServerClock();
    clock.learn(1_000_000, 100, 100);
    expect(takeReading(clock, { as_of: isoAt(2_000_000) }, 100, 100).takenAt).toBe(100);
  });
});

describe("events", () => {
  it("make something old, except a beacon, which is drawn", () => {
    for (const type of eventTypes) {
      expect(affectedSubjects(type).length > 0).toBe(type !== "beacon");
    }
  });

  const presence = {
    from_slot: 100,
    to_slot: 104,
    items: [
      { node_id: "node_a", slots: "110." },
      { node_id: "node_b", slots: "111." },
    ],
  } as unknown as ResponseOf<Routes["getPresence"]>;

  it("mark an accepted beacon in its node's row only", () => {
    const drawn = withBeacon(presence, { node_id: "node_b", slot: 103 });
    expect(drawn.items.map(({ slots }) => slots)).toEqual(["110.", "1111"]);
  });

  it("leave a presence alone that does not show the slot or the node", () => {
    expect(withBeacon(presence, { node_id: "node_b", slot: 104 })).toBe(presence);
    expect(withBeacon(presence, { node_id: "node_b", slot: 99 })).toBe(presence);
    expect(withBeacon(presence, { node_id: "node_c", slot: 103 })).toBe(presence);
  });
});
