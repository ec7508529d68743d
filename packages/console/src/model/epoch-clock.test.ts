import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarOf, readEpochClock, slotStartMs, type Network } from "./epoch-clock.ts";

const START = 1_704_067_200_000;

/** The parts of the network that its clock needs, as the service would tell them at a moment. */
const networkAt = (ms: number, slotMs: number, slotsPerEpoch: number): Network => {
  const slot = Math.floor((ms - START) / slotMs);
  const epoch = Math.floor(slot / slotsPerEpoch);
  const iso = (at: number) => new Date(at).toISOString();
  return {
    slot,
    epoch,
    slot_index: slot % slotsPerEpoch,
    slot_started_at: iso(START + slot * slotMs),
    slot_ends_at: iso(START + (slot + 1) * slotMs),
    epoch_ends_at: iso(START + (epoch + 1) * slotsPerEpoch * slotMs),
  } as Network;
};

describe("epoch clock", () => {
  it("reads lengths off the network's own times", () => {
    expect(calendarOf(networkAt(START + 7 * 2000, 2000, 15))).toEqual({
      slotMs: 2000,
      slotsPerEpoch: 15,
    });
    expect(calendarOf(networkAt(START + 5e9, 120_000, 720))).toEqual({
      slotMs: 120_000,
      slotsPerEpoch: 720,
    });
  });

  it("says at any later moment what the service would say then", () => {
    const calendars = fc.constantFrom([2000, 15], [120_000, 720], [1000, 3]);
    fc.assert(
      fc.property(
        calendars,
        fc.integer({ min: 0, max: 1e11 }),
        fc.integer({ min: -1e8, max: 1e8 }),
        ([slotMs = 1, perEpoch = 1], atMs, laterMs) => {
          const read = Math.max(START, START + atMs);
          const now = Math.max(START, read + laterMs);
          const clock = readEpochClock(networkAt(read, slotMs, perEpoch), now);
          const truth = networkAt(now, slotMs, perEpoch);
          expect([clock.slot, clock.epoch, clock.slotIndex]).toEqual([
            truth.slot,
            truth.epoch,
            truth.slot_index,
          ]);
          expect(clock.slotEndsInMs).toBeCloseTo(Date.parse(truth.slot_ends_at) - now, 1);
          expect(clock.epochEndsInMs / 1000).toBeCloseTo(
            (Date.parse(truth.epoch_ends_at) - now) / 1000,
            1,
          );
        },
      ),
    );
  });

  it("knows when another slot starts", () => {
    const network = networkAt(START + 100 * 2000, 2000, 15);
    expect(slotStartMs(network, 90)).toBe(START + 90 * 2000);
  });
});
