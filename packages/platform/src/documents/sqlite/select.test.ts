import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { lines } from "../compliance/fixtures.ts";
import { planQuery } from "../query.ts";
import { planToSelect } from "./select.ts";
import { createTable } from "./table.ts";

const database = new DatabaseSync(":memory:");
const table = createTable(lines);
for (const statement of table.statements) database.exec(statement);

function explain(query: Parameters<typeof planQuery>[1]): string {
  const plan = planQuery(lines, query);
  const { sql } = planToSelect(table, plan, "*");
  const steps = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
  return steps.map(({ detail }) => String(detail)).join("; ");
}

test.for([
  { where: { account: "a" }, sort: [["seq", "desc"]] },
  { where: { account: "a", seq: { gte: 5 } } },
  { where: { epoch: 3 }, sort: [["seq", "asc"]] },
  { where: { epoch: null }, sort: [["seq", "asc"]] },
  { where: { epoch: { gt: 3 } }, sort: [["epoch", "desc"]] },
  { where: { amount_micro: { gt: 3n } } },
  { where: { paid: true } },
  { where: { key: "k" } },
  { where: { id: { gte: "a", lt: "b" } } },
] as const)("a served query searches its index and sorts at most ties (%#)", (query) => {
  expect(explain(query)).toMatch(
    /^SEARCH lines USING INDEX \S+ \(.+\)(; USE TEMP B-TREE FOR LAST TERM OF ORDER BY)?$/,
  );
});

test.each([
  [{}, "SCAN lines USING INDEX sqlite_autoindex_lines_1"],
  [{ sort: [["amount_micro", "desc"]] as const }, "SCAN lines USING INDEX lines_by_amount_micro"],
])("a whole collection is read along the index that gives the order (%#)", (query, expected) => {
  expect(explain(query)).toBe(expected);
});

test("lists of many lengths share a statement", () => {
  const sqlOf = (length: number) => {
    const plan = planQuery(lines, {
      where: { key: { in: Array.from({ length }, (_, n) => `k${n}`) } },
    });
    const { sql, values } = planToSelect(table, plan, "id");
    expect(() => database.prepare(sql).all(...values)).not.toThrow();
    return sql;
  };
  expect(new Set(Array.from({ length: 64 }, (_, index) => sqlOf(index + 1))).size).toBe(7);
  sqlOf(10_000);
  expect(() => sqlOf(10_001)).toThrow("ask in parts");
});
