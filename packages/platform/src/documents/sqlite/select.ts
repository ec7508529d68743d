import type { SQLInputValue } from "node:sqlite";
import type { Plan, Test } from "../query.ts";
import { type Table, toSql } from "./table.ts";

export type Select = { sql: string; values: SQLInputValue[] };

/** SELECT of whole rows in the plan's order, held to the index that the plan was made for. */
export function planToSelect(table: Table, plan: Plan, columns: string): Select {
  const order = plan.order.map(({ field, direction }) => `${table.column(field)} ${direction}`);
  const { sql, values } = select(table, plan, columns, ` INDEXED BY "${table.indexOf(plan.key)}"`);
  return { sql: `${sql} ORDER BY ${order.join(", ")}`, values };
}

/** SELECT of what rows add up to; `more` are conditions that no index has to serve. */
export function planToAggregate(
  table: Table,
  plan: Plan,
  what: string,
  more: string[] = [],
): Select {
  const index = plan.tests.length > 0 ? ` INDEXED BY "${table.indexOf(plan.key)}"` : "";
  return select(table, plan, what, index, more);
}

function select(
  table: Table,
  { tests }: Plan,
  what: string,
  index: string,
  more: string[] = [],
): Select {
  const conditions = [...tests.map((test) => testToSql(table.column(test.field), test)), ...more];
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(" AND ")}` : "";
  return {
    sql: `SELECT ${what} FROM "${table.name}"${index}${where}`,
    values: tests.flatMap(testToValues),
  };
}

function testToSql(column: string, { operator, values }: Test): string {
  if (operator !== "in")
    return values[0] === null ? `${column} IS NULL` : `${column} ${operator} ?`;
  const known = `${column} IN (${Array(paddedLength(values)).fill("?").join(", ")})`;
  return values.includes(null) ? `(${known} OR ${column} IS NULL)` : known;
}

function testToValues({ operator, values }: Test): SQLInputValue[] {
  const known = values.filter((value) => value !== null).map(toSql);
  if (operator !== "in" || known.length === 0) return known;
  return Array.from(
    { length: paddedLength(values) },
    (_, index) => known[index] ?? known[0] ?? null,
  );
}

/** A power of two, so that lists of all lengths need only a few prepared statements; the first value fills the rest. */
function paddedLength(values: readonly unknown[]): number {
  const known = values.filter((value) => value !== null).length;
  return known === 0 ? 0 : 2 ** Math.ceil(Math.log2(known));
}
