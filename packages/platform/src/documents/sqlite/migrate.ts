import type { DatabaseSync } from "node:sqlite";
import { DocumentsError } from "../errors.ts";
import type { CollectionDefinition, FieldKind } from "../port.ts";
import { allRows, createStatements, eachRow, firstRow } from "./connection.ts";
import { createTableWriter } from "./table-writer.ts";
import { createTable, isBinary, type Table } from "./table.ts";

type Definition = CollectionDefinition<{ id: string }>;
/** What has to be known of a collection to read it when its definition is another one by then. */
type Layout = { binary: [string, FieldKind][]; nested: string[]; statements: readonly string[] };

const createStamps =
  'CREATE TABLE IF NOT EXISTS "_collections" (name TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, layout TEXT NOT NULL) STRICT';

/**
 * Makes the collection's table, or brings the one there is to the definition: through the migration steps its stamp
 * lacks and into the columns and indexes of today, in one transaction, so that a crash leaves the old state.
 * Throws `documents.newer` when a newer program wrote it, `documents.invalid` when a document does not fit afterwards.
 */
export function prepareCollection(database: DatabaseSync, definition: Definition): Table {
  const table = createTable(definition);
  const layout = JSON.stringify(layoutOf(definition, table));
  database.exec("BEGIN IMMEDIATE");
  try {
    database.exec(createStamps);
    const stamp = readStamp(database, definition.name);
    if (stamp === undefined) createEmpty(database, table);
    else if (stamp.version > definition.schemaVersion) refuseNewer(definition, stamp.version);
    else if (stamp.version < definition.schemaVersion || stamp.layout !== layout) {
      rewrite(database, definition, table, stamp);
    }
    database
      .prepare('INSERT OR REPLACE INTO "_collections" (name, version, layout) VALUES (?, ?, ?)')
      .run(definition.name, definition.schemaVersion, layout);
    database.exec("COMMIT");
    return table;
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

function layoutOf({ kinds, nested }: Definition, { statements }: Table): Layout {
  return {
    binary: [...kinds].filter(([, kind]) => isBinary(kind)),
    nested: [...nested],
    statements,
  };
}

function readStamp(
  database: DatabaseSync,
  name: string,
): { version: number; layout: string } | undefined {
  const select = createStatements(database)(
    'SELECT version, layout FROM "_collections" WHERE name = ?',
  );
  const row = firstRow(select, name);
  return row && { version: Number(row[0]), layout: String(row[1]) };
}

function createEmpty(database: DatabaseSync, { statements }: Table): void {
  for (const statement of statements) database.exec(statement);
}

function rewrite(
  database: DatabaseSync,
  definition: Definition,
  table: Table,
  stamp: { version: number; layout: string },
): void {
  const layout = JSON.parse(stamp.layout) as Layout;
  const oldName = `${table.name}__old`;
  const old = createTable(
    {
      ...definition,
      kinds: new Map(layout.binary),
      nested: new Set(layout.nested),
      unique: [],
      indexes: [],
    },
    oldName,
  );
  database.exec(`ALTER TABLE "${table.name}" RENAME TO "${oldName}"`);
  dropIndexes(database, oldName);
  createEmpty(database, table);

  const steps = definition.migrations.filter(({ to }) => to > stamp.version);
  const writer = createTableWriter(database, table, definition);
  const select = createStatements(database)(`SELECT ${old.columns.join(", ")} FROM "${oldName}"`);
  for (const row of eachRow(select)) {
    const document = steps.reduce((before, { step }) => step(before), old.decode(row));
    definition.validate(document);
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

function refuseNewer({ name, schemaVersion }: Definition, version: number): never {
  throw new DocumentsError(
    "documents.newer",
    `Collection "${name}" is at schema version ${version}, this program knows ${schemaVersion}; run the newer program`,
    { name, version },
  );
}

function refuseTwice({ name }: Definition, id: string): never {
  throw new DocumentsError(
    "documents.invalid",
    `Collection "${name}": after migration document "${id}" has the unique key of another one`,
    { name, id },
  );
}
