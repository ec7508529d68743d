import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Seat } from "../records/types.ts";
import { createSeating } from "./seating.ts";

const take = (pool_id: string, seat: number, node_id: string): Seat => ({
  pool_id,
  seat,
  node_id,
  consent: "equal",
});
const leave = (pool_id: string, seat: number): Seat => ({ pool_id, seat });

const after = (...records: Seat[]) => {
  const seating = createSeating({ pool_max_nodes: 2 });
  return { seating, problems: records.map((record) => seating.apply(record)?.code ?? null) };
};

describe("seating", () => {
  it.each([
    ["a seat beyond the last", [take("p", 2, "a")], ["number"]],
    ["a seat where another sits", [take("p", 0, "a"), take("p", 0, "b")], [null, "taken"]],
    ["a second seat", [take("p", 0, "a"), take("q", 0, "a")], [null, "taken"]],
    ["a seat that nobody left", [leave("p", 0)], ["vacant"]],
    ["names of prototypes", [take("__proto__", 0, "constructor")], [null]],
    [
      "a seat that was left, by whoever comes",
      [take("p", 0, "a"), leave("p", 0), take("p", 0, "b"), take("p", 1, "a")],
      [null, null, null, null],
    ],
  ] as const)("%s", (_, records, expected) => {
    expect(after(...records).problems).toEqual(expected);
  });

  it("takes another consent of the node that sits there", () => {
    const { seating } = after(take("p", 0, "a"), { ...take("p", 0, "a"), consent: "work_credits" });
    expect(seating.seatOf("a")).toEqual({ pool_id: "p", seat: 0, consent: "work_credits" });
  });

  it("never has a node on two seats or two nodes on one, whatever comes", () => {
    const record = fc.record({
      pool_id: fc.constantFrom("p", "q"),
      seat: fc.nat({ max: 2 }),
      node_id: fc.option(fc.constantFrom("a", "b", "c"), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 30 }), (records) => {
        const seating = createSeating({ pool_max_nodes: 2 });
        for (const { pool_id, seat, node_id } of records) {
          seating.apply(
            node_id === undefined ? leave(pool_id, seat) : take(pool_id, seat, node_id),
          );
          for (const [node, sits] of seating.members())
            expect(seating.nodeOn(sits.pool_id, sits.seat)).toBe(node);
          const seats = Array.from(seating.members().values(), (s) => `${s.pool_id}/${s.seat}`);
          expect(new Set(seats).size).toBe(seats.length);
        }
      }),
    );
  });
});
