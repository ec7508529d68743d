import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { CollectionDefinition } from "../port.ts";
import type { Scalar } from "../query.ts";
import { createStatements, firstRow, type SqlRow } from "./connection.ts";
import { type Table, toSql } from "./table.ts";

/** The statements that run inside a group's transaction and so see what the group wrote before. */
export type TableWriter = {
  /** False when the id or a unique key is taken. */
  insert(id: string, values: readonly SQLInputValue[], version?: number): boolean;
  update(id: string, version: number, values: readonly SQLInputValue[]): boolean;
  remove(id: string): void;
  read(id: string): SqlRow | undefined;
  /** The row that holds the id or a unique key of the document, other than the row `except`. */
  inTheWay(document: Record<string, unknown>, except?: string): SqlRow | undefined;
};

export function createTableWriter(
  database: DatabaseSync,
  table: Table,
  definition: Pick<CollectionDefinition<{ id: string }>, "unique">,
): TableWriter {
  const prepare = createStatements(database);
  const quoted = `"${table.name}"`;
  const written = table.columns.slice(2);
  const select = `SELECT ${table.columns.join(", ")} FROM ${quoted}`;
  const insert = prepare(
    `INSERT INTO ${quoted} (id, version, ${written.join(", ")}) VALUES (?, ?, ${written.map(() => "?").join(", ")})
     ON CONFLICT DO NOTHING`,
  );
  const update = prepare(
    `UPDATE OR IGNORE ${quoted} SET version = ?, ${written.map((column) => `${column} = ?`).join(", ")} WHERE id = ?`,
  );
  const remove = prepare(`DELETE FROM ${quoted} WHERE id = ?`);
  const byId = prepare(`${select} WHERE id = ?`);
  const byKey = definition.unique.map((key) => ({
    key,
    statement: prepare(
      `${select} WHERE ${key.map((field) => `${table.column(field)} = ?`).join(" AND ")}`,
    ),
  }));

  return {
    insert: (id, values, version = 1) => Number(insert.run(id, version, ...values).changes) === 1,
    update: (id, version, values) => Number(update.run(version, ...values, id).changes) === 1,
    remove: (id) => void remove.run(id),
    read: (id) => firstRow(byId, id),
    inTheWay: (document, except) => {
      const id = String(document["id"]);
      const candidates = byKey.map(({ key, statement }) => {
        return firstRow(statement, ...key.map((field) => toSql(document[field] as Scalar)));
      });
      return [firstRow(byId, id), ...candidates].find(
        (row) => row !== undefined && row[0] !== except,
      );
    },
  };
}
