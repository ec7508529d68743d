import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import genesisVectors from "../../../../vectors/genesis.json" with { type: "json" };
import { countBits } from "../beacons/bitmap.ts";
import { parseGenesis } from "../genesis.ts";
import { judgeMaintenance } from "./maintenance.ts";
import { createMaintenanceBook } from "./maintenance-book.ts";

const genesis = { ...parseGenesis(genesisVectors.networks[1]?.genesis), slots_per_epoch: 24 };
const MOST = 4;
const EPOCHS = 20;

const node_id = "node_a";
const record = fc
  .record({
    from_slot: fc.integer({ min: 1, max: 24 * EPOCHS }),
    length: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ from_slot, length }) => ({ node_id, from_slot, to_slot: from_slot + length }));
const records = fc.array(record, { maxLength: 40 });

describe("maintenance", () => {
  test("never excuses more than a sixth of an epoch in seven epochs", () => {
    fc.assert(
      fc.property(records, (list) => {
        const book = createMaintenanceBook(genesis);
        for (const one of list) book.add(one, 0);
        const counts = Array.from({ length: EPOCHS + 2 }, (_, epoch) => {
          const slots = book.slots(node_id, epoch);
          return slots === undefined ? 0 : countBits(slots);
        });
        for (let from = 0; from < counts.length; from++) {
          const inWindow = counts.slice(from, from + 7).reduce((sum, count) => sum + count, 0);
          expect(inWindow).toBeLessThanOrEqual(MOST);
        }
      }),
    );
  });

  test("that is void leaves nothing behind", () => {
    fc.assert(
      fc.property(records, record, (list, last) => {
        const [tried, untried] = [createMaintenanceBook(genesis), createMaintenanceBook(genesis)];
        for (const one of list) expect(tried.add(one, 0)).toEqual(untried.add(one, 0));
        fc.pre(!tried.add(last, 0).ok);
        for (let epoch = 0; epoch < EPOCHS + 2; epoch++)
          expect(tried.slots(node_id, epoch)).toEqual(untried.slots(node_id, epoch));
      }),
    );
  });

  test("does not change by forgetting what is over", () => {
    fc.assert(
      fc.property(records, (list) => {
        const ascending = list.toSorted((a, b) => a.from_slot - b.from_slot);
        const [all, few] = [createMaintenanceBook(genesis), createMaintenanceBook(genesis)];
        for (const one of ascending) {
          const sealedSlot = one.from_slot - 1;
          few.forgetBefore(Math.floor(sealedSlot / genesis.slots_per_epoch));
          expect(few.add(one, sealedSlot)).toEqual(all.add(one, sealedSlot));
        }
      }),
    );
  });

  test("is of one node alone", () => {
    const book = createMaintenanceBook(genesis);
    expect(book.add({ node_id, from_slot: 5, to_slot: 9 }, 4)).toEqual({ ok: true });
    expect(book.add({ node_id: "node_b", from_slot: 5, to_slot: 9 }, 4)).toEqual({ ok: true });
    expect(book.slots("node_c", 0)).toBeUndefined();
  });

  test("as long as numbers go is refused at once", () => {
    const span = { from_slot: 1, to_slot: Number.MAX_SAFE_INTEGER };
    expect(judgeMaintenance(genesis, [], span, 0)).toMatchObject({ ok: false, code: "too_much" });
  });
});
