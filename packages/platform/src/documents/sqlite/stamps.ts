import type { DatabaseSync } from "node:sqlite";
import type { CollectionDefinition, FieldKind } from "../port.ts";
import { allRows, createStatements, firstRow } from "./connection.ts";
import { createTable, isBinary, type Table } from "./table.ts";

type Definition = CollectionDefinition<{ id: string }>;

/** What has to be known of a collection to read it when its definition is another one by then. */
type Layout = {
  readonly binary: [string, FieldKind][];
  readonly nested: string[];
  readonly statements: readonly string[];
};

/** What the store says of a collection: under which schema its documents were written, and how they lie there. */
export type Stamp = { readonly version: number; readonly layout: string };

const TABLE = "_collections";

export const createStamps = (database: DatabaseSync): void =>
  database.exec(
    `CREATE TABLE IF NOT EXISTS "${TABLE}" (name TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, layout TEXT NOT NULL) STRICT`,
  );

/** Of every collection by its name; none in a store that was made and not filled. */
export const readStamps = (database: DatabaseSync): ReadonlyMap<string, Stamp> => {
  const statements = createStatements(database);
  if (firstRow(statements("SELECT 1 FROM sqlite_schema WHERE name = ?"), TABLE) === undefined)
    return new Map();
  const rows = allRows(statements(`SELECT name, version, layout FROM "${TABLE}" ORDER BY name`));
  return new Map(
    rows.map(([name, version, layout]) => [
      String(name),
      { version: Number(version), layout: String(layout) },
    ]),
  );
};

export const writeStamp = (
  database: DatabaseSync,
  name: string,
  { version, layout }: Stamp,
): void => {
  database
    .prepare(`INSERT OR REPLACE INTO "${TABLE}" (name, version, layout) VALUES (?, ?, ?)`)
    .run(name, version, layout);
};

export const layoutOf = ({ kinds, nested }: Definition, { statements }: Table): string => {
  const layout: Layout = {
    binary: [...kinds].filter(([, kind]) => isBinary(kind)),
    nested: [...nested],
    statements,
  };
  return JSON.stringify(layout);
};

/** The table as a layout describes it, without its keys: enough to read every document. */
export const layoutToTable = (text: string, name: string): Table => {
  const { binary, nested } = JSON.parse(text) as Layout;
  return createTable({
    name,
    kinds: new Map(binary),
    nested: new Set(nested),
    unique: [],
    indexes: [],
  });
};
