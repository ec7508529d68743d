import { statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { DocumentsError } from "../errors.ts";
import { createStatements, firstRow, openConnection } from "./connection.ts";
import { toDocumentsError } from "./faults.ts";

/** Throws `documents.damaged` unless every page is in order. */
export const checkIntegrity = (database: DatabaseSync, path: string): void => {
  const select = createStatements(database)("PRAGMA quick_check(1)");
  const finding = firstRow(select)?.[0];
  if (finding === "ok") return;
  const oneLine = String(finding).replaceAll(/\s+/g, " ");
  throw new DocumentsError(
    "documents.damaged",
    `${path} is damaged (${oneLine}); restore a backup`,
    { path },
  );
};

/**
 * Opens a store beside whoever works on it, to read alone, once every page is in order. Throws `documents.missing` too,
 * and what the system says of a folder that may not be looked into.
 */
export const openToRead = (path: string): DatabaseSync => {
  if (statSync(path, { throwIfNoEntry: false }) === undefined)
    throw new DocumentsError("documents.missing", `there is no ${path}`);
  try {
    const database = openConnection(path, { readOnly: true });
    try {
      checkIntegrity(database, path);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    throw toDocumentsError(error, path);
  }
};
