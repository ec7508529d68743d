import * as fc from "fast-check";
import { expect, test } from "vitest";
import genesisVectors from "../../../../vectors/genesis.json" with { type: "json" };
import { getBit } from "../beacons/bitmap.ts";
import { parseGenesis } from "../genesis.ts";
import { epochsCutBy, settlesFromSlot } from "../settlement/cut.ts";
import { activeSlots, standingAt } from "./in-force.ts";

const genesis = { ...parseGenesis(genesisVectors.networks[1]?.genesis), slots_per_epoch: 37 };
const EPOCH = 4;
const FIRST = EPOCH * genesis.slots_per_epoch;

const changes = fc
  .array(
    fc.record({
      standing: fc.constantFrom("pending", "active", "suspended", "retired"),
      sealed_slot: fc.integer({ min: FIRST - 40, max: FIRST + 80 }),
    }),
  )
  .map((list) => list.toSorted((a, b) => a.sealed_slot - b.sealed_slot));

test("a bitmap of active slots says what each slot says", () => {
  fc.assert(
    fc.property(changes, (list) => {
      const bitmap = activeSlots(genesis, EPOCH, list);
      for (let index = 0; index < genesis.slots_per_epoch; index++)
        expect(getBit(bitmap, index)).toBe(standingAt(list, FIRST + index) === "active");
      expect(bitmap).toHaveLength(5);
      expect((bitmap[4] as number) & 0x07).toBe(0);
    }),
    { numRuns: 500 },
  );
});

test("every epoch is cut once, by the first block from its slot on without a backlog", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 2 }), { maxLength: 300 }), (backlogs) => {
      let next = EPOCH;
      for (const [position, backlog] of backlogs.entries()) {
        const slot = FIRST + position;
        for (const epoch of epochsCutBy(genesis, next, { slot, backlog })) {
          expect(epoch).toBe(next);
          const from = settlesFromSlot(genesis, epoch) - FIRST;
          expect(backlogs.findIndex((size, at) => at >= from && size === 0)).toBe(position);
          next += 1;
        }
      }
      const open = backlogs.slice(settlesFromSlot(genesis, next) - FIRST);
      expect(open.every((size) => size > 0)).toBe(true);
    }),
  );
});
