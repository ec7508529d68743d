import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { setImmediate as nextTurn } from "node:timers/promises";
import { DocumentsError } from "../errors.ts";
import { allRows, createStatements, eachRow, firstRow, type SqlRow } from "./connection.ts";
import { toDocumentsError } from "./faults.ts";

/** How many rows are read or written before others get a turn of the event loop. */
export const rowsPerTurn = 1000;

export type Reader = {
  row(sql: string, values: readonly SQLInputValue[]): SqlRow | undefined;
  rows<T>(sql: string, values: readonly SQLInputValue[], decode: (row: SqlRow) => T): Promise<T[]>;
};

/**
 * Reads through `database`. A result with more rows than fit one turn is read again through a connection of its own,
 * whose snapshot then holds still for as long as it takes, while `database` goes on showing the newest commit.
 */
export function createReader(
  database: DatabaseSync,
  openAnother: (() => DatabaseSync) | null,
): Reader {
  const prepare = createStatements(database);

  return {
    row: (sql, values) => {
      requireOpen(database);
      try {
        return firstRow(prepare(sql), ...values);
      } catch (error) {
        throw toDocumentsError(error);
      }
    },
    rows: async (sql, values, decode) => {
      requireOpen(database);
      try {
        return await readRows(sql, values, decode);
      } catch (error) {
        throw toDocumentsError(error);
      }
    },
  };

  async function readRows<T>(
    sql: string,
    values: readonly SQLInputValue[],
    decode: (row: SqlRow) => T,
  ): Promise<T[]> {
    if (openAnother === null) return decodeInTurns(allRows(prepare(sql), ...values), decode);
    const documents: T[] = [];
    for (const row of eachRow(prepare(sql), ...values)) {
      if (documents.length === rowsPerTurn) return readInTurns(openAnother(), sql, values, decode);
      documents.push(decode(row));
    }
    return documents;
  }
}

async function readInTurns<T>(
  database: DatabaseSync,
  sql: string,
  values: readonly SQLInputValue[],
  decode: (row: SqlRow) => T,
): Promise<T[]> {
  try {
    const rows = eachRow(createStatements(database)(sql), ...values);
    return await decodeInTurns(rows, decode);
  } finally {
    database.close();
  }
}

async function decodeInTurns<T>(rows: Iterable<SqlRow>, decode: (row: SqlRow) => T): Promise<T[]> {
  const documents: T[] = [];
  for (const row of rows) {
    documents.push(decode(row));
    if (documents.length % rowsPerTurn === 0) await nextTurn();
  }
  return documents;
}

function requireOpen(database: DatabaseSync): void {
  if (!database.isOpen) throw new DocumentsError("documents.closed", "The store is closed");
}
