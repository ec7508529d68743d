import { createBlockTable } from "./blocks.ts";
import { openDatabase } from "./database.ts";
import { createStateTables } from "./states.ts";
import { createTransactionTables } from "./transactions.ts";

export type Store = ReturnType<typeof openStore>;

/** Everything the chain knows, in a folder, or in memory when that is null. */
export function openStore(dir: string | null) {
  const database = openDatabase(dir);
  return {
    getMeta(key: string): string | null {
      const row = database.one("SELECT value FROM meta WHERE key = ?", key);
      return row === null ? null : (row as { value: string }).value;
    },
    setMeta: (key: string, value: string) =>
      database.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", key, value),
    ...createBlockTable(database),
    ...createTransactionTables(database),
    ...createStateTables(database),
    /** Takes away every block from this number on, with its transactions and the states after it. */
    forgetFrom(number: number): void {
      for (const table of ["blocks", "transactions", "account_states", "token_states"])
        database.run(
          `DELETE FROM ${table} WHERE ${table === "blocks" ? "number" : "block"} >= ?`,
          number,
        );
    },
    atomically: <T>(work: () => T): T => database.atomically(work),
    close: () => database.close(),
  };
}
