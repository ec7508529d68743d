import { chmodSync, closeSync, mkdirSync, openSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { SQLInputValue, StatementSync } from "node:sqlite";
import { SCHEMA } from "./schema.ts";

export type Database = ReturnType<typeof openDatabase>;

/** One SQLite file, or the memory of this process without a folder. What is committed to a file survives kill -9 and, with the full sync, a power cut. */
export function openDatabase(dir: string | null) {
  const db = dir === null ? openInMemory() : openLocked(dir);
  const prepared = new Map<string, StatementSync>();
  const statement = (sql: string): StatementSync => {
    const found = prepared.get(sql) ?? db.prepare(sql);
    prepared.set(sql, found);
    return found;
  };
  return {
    one: (sql: string, ...values: SQLInputValue[]): unknown =>
      statement(sql).get(...values) ?? null,
    all: (sql: string, ...values: SQLInputValue[]): unknown[] => statement(sql).all(...values),
    run: (sql: string, ...values: SQLInputValue[]): void => void statement(sql).run(...values),
    /** All writes of `work`, or none. */
    atomically<T>(work: () => T): T {
      db.exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        db.exec("COMMIT");
        return result;
      } catch (error) {
        db.exec("ROLLBACK");
        throw error;
      }
    },
    close: () => db.close(),
  };
}

function openInMemory(): DatabaseSync {
  const db = new DatabaseSync(":memory:");
  db.exec(SCHEMA);
  return db;
}

/** The lock is exclusive: a second devnet in the folder would append other blocks. The system frees it when we are killed. */
function openLocked(dir: string): DatabaseSync {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const isOurs = readdirSync(dir).every((name) => name.startsWith("chain.sqlite"));
  if (isOurs) chmodSync(dir, 0o700);
  const file = join(dir, "chain.sqlite");
  closeSync(openSync(file, "a", 0o600)); // SQLite gives its other files the mode of this one
  chmodSync(file, 0o600);
  const db = new DatabaseSync(file);
  try {
    db.exec(
      "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;",
    );
    db.exec(SCHEMA);
    return db;
  } catch (cause) {
    db.close();
    if (!String(cause).includes("locked")) throw cause;
    throw new Error(`${dir} is in use by another devnet: stop it or name another folder`, {
      cause,
    });
  }
}
