import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { setImmediate as nextTurn } from "node:timers/promises";
import { DocumentsError } from "../errors.ts";
import { createStatements, firstRow } from "./connection.ts";
import { toDocumentsError } from "./faults.ts";

/** How many rows are read or written before others get a turn of the event loop. */
export const rowsPerTurn = 1000;

export type Reader = {
  row<R>(sql: string, values: readonly SQLInputValue[]): R | undefined;
  rows<R, T>(sql: string, values: readonly SQLInputValue[], decode: (row: R) => T): Promise<T[]>;
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

  async function readRows<R, T>(
    sql: string,
    values: readonly SQLInputValue[],
    decode: (row: R) => T,
  ): Promise<T[]> {
    if (openAnother === null) return decodeInTurns(prepare(sql).all(...values) as R[], decode);
    const documents: T[] = [];
    for (const row of prepare(sql).iterate(...values)) {
      if (documents.length === rowsPerTurn) return readInTurns(openAnother(), sql, values, decode);
      documents.push(decode(row as R));
    }
    return documents;
  }
}

async function readInTurns<R, T>(
  database: DatabaseSync,
  sql: string,
  values: readonly SQLInputValue[],
  decode: (row: R) => T,
): Promise<T[]> {
  try {
    const rows = createStatements(database)(sql).iterate(...values) as Iterable<R>;
    return await decodeInTurns(rows, decode);
  } finally {
    database.close();
  }
}

async function decodeInTurns<R, T>(rows: Iterable<R>, decode: (row: R) => T): Promise<T[]> {
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
