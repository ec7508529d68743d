import {
  DatabaseSync,
  type SQLInputValue,
  type SQLOutputValue,
  type StatementSync,
} from "node:sqlite";
import { DocumentsError } from "../errors.ts";

const busyTimeoutMs = 5000;

/** Read back after they are set: a build or file system that ignores one of them would lose acknowledged documents. */
const promises: Record<string, string | number> = { synchronous: 2, busy_timeout: busyTimeoutMs };
const tuning = [
  // KiB of each connection; 16 MiB made reads 5 % cheaper and nothing else, because the system keeps the file as well.
  "cache_size = -4096",
  "wal_autocheckpoint = 2000",
  "journal_size_limit = 67108864",
];

/** Opens a connection and checks what it promises. Throws `documents.damaged` or `documents.failed`. */
export function openConnection(path: string, { readOnly }: { readOnly: boolean }): DatabaseSync {
  const database = new DatabaseSync(path, { readOnly, timeout: busyTimeoutMs });
  try {
    if (!readOnly && path !== ":memory:") database.exec("PRAGMA journal_mode = WAL");
    database.exec(["synchronous = FULL", ...tuning].map((pragma) => `PRAGMA ${pragma}`).join("; "));
    const wanted = path === ":memory:" ? promises : { ...promises, journal_mode: "wal" };
    for (const [pragma, value] of Object.entries(wanted)) {
      const answer = Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0];
      if (answer === value) continue;
      throw new DocumentsError(
        "documents.failed",
        `SQLite answers ${pragma} = ${String(answer)}, not ${value}`,
      );
    }
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A cache of prepared statements that answer rows as arrays and integers as bigint. */
export function createStatements(database: DatabaseSync): (sql: string) => StatementSync {
  const statements = new Map<string, StatementSync>();
  return (sql) => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    statement.setReadBigInts(true);
    statement.setReturnArrays(true);
    statements.set(sql, statement);
    return statement;
  };
}

/** A row as `createStatements` makes them. */
export type SqlRow = readonly SQLOutputValue[];

export function firstRow(statement: StatementSync, ...values: SQLInputValue[]): SqlRow | undefined {
  return statement.get(...values) as SqlRow | undefined;
}

export function allRows(statement: StatementSync, ...values: SQLInputValue[]): readonly SqlRow[] {
  return statement.all(...values) as Iterable<unknown> as readonly SqlRow[];
}

/** Row by row; the statement is taken until the last one was read or the loop was left. */
export function eachRow(statement: StatementSync, ...values: SQLInputValue[]): Iterable<SqlRow> {
  return statement.iterate(...values) as Iterable<unknown> as Iterable<SqlRow>;
}
