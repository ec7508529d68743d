import { existsSync, statSync } from "node:fs";
import { DocumentsError } from "../errors.ts";
import { openConnection } from "./connection.ts";
import { toDocumentsError } from "./faults.ts";
import { checkIntegrity } from "./open.ts";

/** Reads the whole file beside whoever works on it. */
export const inspectSqlite = (path: string): string => {
  if (!existsSync(path)) throw new DocumentsError("documents.missing", `there is no ${path}`);
  try {
    const database = openConnection(path, { readOnly: true });
    try {
      checkIntegrity(database, path);
    } finally {
      database.close();
    }
  } catch (error) {
    throw toDocumentsError(error, path);
  }
  return `SQLite, ${(statSync(path).size / 2 ** 20).toFixed(1)} MiB, read through`;
};
