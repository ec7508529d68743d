import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countPresence, describePresence, runName, slotRuns } from "./presence.ts";

const marks = fc.string({ unit: fc.constantFrom("1", "0", "x", "-", "."), maxLength: 200 });

describe("presence", () => {
  it("counts only slots that count", () => {
    expect(countPresence("--1101x.")).toEqual({ present: 3, eligible: 4 });
    expect(countPresence("--x.")).toEqual({ present: 0, eligible: 0 });
  });

  it("joins neighbours into runs that cover every slot once", () => {
    fc.assert(
      fc.property(marks, fc.integer({ min: 0, max: 1e6 }), (slots, from) => {
        const runs = slotRuns(slots, from);
        expect(runs.reduce((sum, run) => sum + run.to - run.from, 0)).toBe(slots.length);
        runs.forEach((run, i) => {
          expect(run.from).toBe(runs[i - 1]?.to ?? from);
          expect(run.state).not.toBe(runs[i - 1]?.state);
        });
      }),
    );
  });

  it("names a run by its slots", () => {
    expect(slotRuns("1000", 1200).map(runName)).toEqual(["1200", "1201–1203"]);
  });

  it("says in words what the strip shows", () => {
    expect(describePresence("11011", 10)).toBe("4 of 5 slots heard; missed 12");
    expect(describePresence("1111", 10)).toBe("4 of 4 slots heard");
    expect(describePresence("..", 10)).toBe("no slot counts yet");
    expect(describePresence("01010101010101", 0)).toContain("missed lately 4, 6, 8, 10, 12");
  });
});
