import type { CollectionDefinition } from "../port.ts";
import { planSum } from "../query.ts";
import type { Reader } from "./reader.ts";
import { planToAggregate } from "./select.ts";
import type { Table } from "./table.ts";

type Sum = { key: string | number | bigint | null; sum: bigint };
type Definition = Pick<
  CollectionDefinition<{ id: string }>,
  "name" | "kinds" | "unique" | "indexes"
>;
type Query = { where?: object; field: string; by?: string };

export async function sumDocuments(
  { table, reader }: { table: Table; reader: Reader },
  definition: Definition,
  { where, field, by }: Query,
): Promise<Sum[]> {
  const plan = planSum(definition, { where, field, by });
  const group = by === undefined ? "NULL" : table.column(by);
  const what = `${group}, sum(${table.column(field)})`;
  const present = `${table.column(field)} IS NOT NULL`;
  const { sql, values } = planToAggregate(table, plan, what, [present]);
  const grouped = by === undefined ? `${sql} HAVING count(*) > 0` : `${sql} GROUP BY 1 ORDER BY 1`;
  const isInteger = definition.kinds.get(by ?? "") === "integer";
  return reader.rows(grouped, values, (row) => {
    const [key, sum] = row as [Sum["key"], bigint];
    return { key: isInteger && key !== null ? Number(key) : key, sum };
  });
}
