import type { DatabaseSync } from "node:sqlite";
import { DocumentsError } from "../errors.ts";
import type { CollectionDefinition } from "../port.ts";
import { createUpgrade, stepsFrom } from "../upgrade.ts";
import { allRows, createStatements, eachRow } from "./connection.ts";
import {
  createStamps,
  layoutOf,
  layoutToTable,
  readStamps,
  type Stamp,
  writeStamp,
} from "./stamps.ts";
import { createTableWriter } from "./table-writer.ts";
import { createTable, type Table } from "./table.ts";

type Definition = CollectionDefinition<{ id: string }>;

/**
 * Makes the tables of all collections, or brings those there are to their definitions: through the migration steps that
 * a stamp lacks and into the columns and indexes of today. In one transaction, so that a crash or a document that does
 * not fit leaves the whole store to the program before; where nothing changed nothing is written.
 * Throws `documents.newer` when a newer program wrote one, `documents.invalid` when a document does not fit afterwards.
 */
export function prepareCollections(
  database: DatabaseSync,
  definitions: readonly Definition[],
): ReadonlyMap<string, Table> {
  database.exec("BEGIN IMMEDIATE");
  try {
    const stamps = readStamps(database);
    if (stamps.size === 0) createStamps(database);
    const tables = definitions.map((definition) => prepare(database, definition, stamps));
    database.exec("COMMIT");
    return new Map(tables.map((table) => [table.name, table]));
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

function prepare(
  database: DatabaseSync,
  definition: Definition,
  stamps: ReadonlyMap<string, Stamp>,
): Table {
  const table = createTable(definition);
  const layout = layoutOf(definition, table);
  const version = definition.schemaVersion;
  const stamp = stamps.get(definition.name);
  if (stamp?.version === version && stamp.layout === layout) return table;
  if (stamp === undefined) createEmpty(database, table);
  else {
    stepsFrom(definition, stamp.version);
    rewrite(database, definition, table, stamp);
  }
  writeStamp(database, definition.name, { version, layout });
  return table;
}

function createEmpty(database: DatabaseSync, { statements }: Table): void {
  for (const statement of statements) database.exec(statement);
}

function rewrite(database: DatabaseSync, definition: Definition, table: Table, stamp: Stamp): void {
  const oldName = `${table.name}__old`;
  const old = layoutToTable(stamp.layout, oldName);
  database.exec(`ALTER TABLE "${table.name}" RENAME TO "${oldName}"`);
  dropIndexes(database, oldName);
  createEmpty(database, table);

  const upgrade = createUpgrade(definition, stamp.version);
  const writer = createTableWriter(database, table, definition);
  const select = createStatements(database)(`SELECT ${old.columns.join(", ")} FROM "${oldName}"`);
  for (const row of eachRow(select)) {
    const document = upgrade(old.decode(row));
    const id = String(row[0]);
    if (!writer.insert(id, table.encode(document), Number(row[1]))) refuseTwice(definition, id);
  }
  database.exec(`DROP TABLE "${oldName}"`);
}

function dropIndexes(database: DatabaseSync, tableName: string): void {
  const indexes = createStatements(database)(
    "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?",
  );
  for (const [name] of allRows(indexes, tableName)) {
    database.exec(`DROP INDEX "${String(name)}"`);
  }
}

function refuseTwice({ name }: Definition, id: string): never {
  throw new DocumentsError(
    "documents.invalid",
    `Collection "${name}": after migration document "${id}" has the unique key of another one`,
    { name, id },
  );
}
