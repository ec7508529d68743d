import { randomBytes } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { DocumentsError } from "../errors.ts";
import type { CollectionDefinition, Documents } from "../port.ts";
import { createCollection } from "./collection.ts";
import { createStatements, firstRow, openConnection } from "./connection.ts";
import { toDocumentsError } from "./faults.ts";
import { checkMarker, claimFolder, type Folder, makePrivateFile } from "./folder.ts";
import { checkStore } from "./health.ts";
import { checkIntegrity } from "./integrity.ts";
import { prepareCollections } from "./migrate.ts";
import { createReader } from "./reader.ts";
import { createTableWriter } from "./table-writer.ts";
import type { Table } from "./table.ts";
import { createWriter } from "./writer.ts";

export type SqliteOptions = {
  /** The database file, or `:memory:` for a store that ends with the process. */
  path: string;
  /** Makes the store when it is not there; false (the default) refuses to start without it. */
  create?: boolean;
};

type Definitions = readonly CollectionDefinition<{ id: string }>[];

/** A store larger than this is not read through at start when it was closed in order the last time. */
const alwaysCheckedBytes = 256 * 2 ** 20;

export async function openSqlite(
  { path, create = false }: SqliteOptions,
  definitions: Definitions,
): Promise<Documents> {
  if (path === ":memory:")
    return start(path, openConnection(path, { readOnly: false }), null, definitions);
  const folder = claimFolder(path, { create });
  try {
    const needsCheck =
      wasCutOff(path) || (existsSync(path) && statSync(path).size <= alwaysCheckedBytes);
    makePrivateFile(path);
    const database = openConnection(path, { readOnly: false });
    try {
      if (needsCheck) checkIntegrity(database, path);
      return start(path, database, folder, definitions);
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    folder.release();
    throw toDocumentsError(error, path);
  }
}

function start(
  path: string,
  database: DatabaseSync,
  folder: Folder | null,
  definitions: Definitions,
): Documents {
  const storeId = readStoreId(database);
  const tables = prepareCollections(database, definitions);
  if (folder !== null) checkMarker(path, storeId);
  const openReader = () => openConnection(path, { readOnly: true });
  const readDatabase = folder === null ? database : openReader();
  const reader = createReader(readDatabase, folder === null ? null : openReader);
  const writer = createWriter(database);
  let closed = false;

  return {
    storeId,
    collection: (definition) => {
      const table = requireTable(tables, definition.name);
      const rows = createTableWriter(database, table, definition);
      return createCollection({ table, rows, reader, writer }, definition);
    },
    check: () => checkStore({ path, reader, writer, database }),
    [Symbol.asyncDispose]: async () => {
      if (closed) return;
      closed = true;
      writer.close();
      if (readDatabase !== database) readDatabase.close();
      database.close();
      folder?.release();
    },
  };
}

function requireTable(tables: ReadonlyMap<string, Table>, name: string): Table {
  const table = tables.get(name);
  if (table !== undefined) return table;
  throw new DocumentsError(
    "documents.definition",
    `Collection "${name}" was not given to openDocuments`,
    { name },
  );
}

function readStoreId(database: DatabaseSync): string {
  database.exec('CREATE TABLE IF NOT EXISTS "_store" (id TEXT NOT NULL) STRICT');
  const select = createStatements(database)('SELECT id FROM "_store"');
  const known = firstRow(select)?.[0];
  if (typeof known === "string") return known;
  const storeId = randomBytes(16).toString("hex");
  database.prepare('INSERT INTO "_store" (id) VALUES (?)').run(storeId);
  return storeId;
}

/** A write-ahead log that is still there was not folded in: the process was killed or the machine lost power. */
function wasCutOff(path: string): boolean {
  return existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0;
}
