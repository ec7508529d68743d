import { randomBytes } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createHashTable } from "./hash-table.ts";

describe("numbers by hash", () => {
  it("are found after the table has grown, with all that share a mark", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 3000 }), (marks) => {
        const table = createHashTable();
        const hashOf = (mark: number) => mark.toString(16).padStart(8, "0").padEnd(64, "0");
        for (const [n, mark] of marks.entries()) table.add(hashOf(mark), n);
        expect(table.size).toBe(marks.length);
        for (let mark = 0; mark <= 41; mark++) {
          const wanted = [...marks.keys()].filter((n) => marks[n] === mark);
          expect(table.candidates(hashOf(mark)).toSorted((a, b) => a - b)).toEqual(wanted);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("stay apart when their hashes do", () => {
    const table = createHashTable();
    const hashes = Array.from({ length: 5000 }, () => randomBytes(32).toString("hex"));
    for (const [n, hash] of hashes.entries()) table.add(hash, n);
    for (const [n, hash] of hashes.entries()) expect(table.candidates(hash)).toContain(n);
    expect(table.candidates("ff".repeat(32)).length).toBeLessThan(2);
  });
});
