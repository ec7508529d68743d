import { getBit } from "@lucid/protocol";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Standing, StandingChange } from "./contract.ts";
import { activeBitmap, standingIn } from "./rules.ts";

const standing = fc.constantFrom<Standing>("active", "suspended", "retired");
/** Decisions in order: each is made in the slot of the one before or in a later one. */
const changes = fc.array(fc.tuple(standing, fc.nat({ max: 12 })), { maxLength: 6 }).map((drawn) => {
  let fromSlot = 90;
  return drawn.map(([standing, later], seq): StandingChange => {
    fromSlot += later;
    return {
      seq,
      standing,
      fromSlot,
      reason: "test",
      by: "operator",
      madeInSlot: fromSlot - 1,
      madeAtMs: 0,
    };
  });
});

describe("the slots in which a node is active", () => {
  it("are those whose standing says so", () => {
    fc.assert(
      fc.property(changes, fc.integer({ min: 1, max: 40 }), (decided, slots) => {
        const bitmap = activeBitmap(decided, { firstSlot: 100, slots });
        for (let i = 0; i < slots; i++)
          expect(getBit(bitmap, i)).toBe(standingIn(decided, 100 + i) === "active");
      }),
    );
  });
});
