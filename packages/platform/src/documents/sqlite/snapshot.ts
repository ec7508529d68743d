import type { DatabaseSync } from "node:sqlite";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Snapshot } from "../snapshot.ts";
import { createStatements, eachRow } from "./connection.ts";
import { toDocumentsError } from "./faults.ts";
import { openToRead } from "./integrity.ts";
import { rowsPerTurn } from "./reader.ts";
import { layoutToTable, readStamps } from "./stamps.ts";

/** One read transaction: writers go on, and are not seen (https://sqlite.org/wal.html, "Concurrency"). */
export const openSqliteSnapshot = (path: string): Snapshot => {
  const database = openToRead(path);
  try {
    return begin(database);
  } catch (error) {
    database.close();
    throw toDocumentsError(error, path);
  }
};

const begin = (database: DatabaseSync): Snapshot => {
  database.exec("BEGIN");
  const stamps = readStamps(database);
  return {
    engine: "sqlite",
    isOneMoment: true,
    versions: new Map([...stamps].map(([name, { version }]) => [name, version])),
    async *documents(name) {
      const stamp = stamps.get(name);
      if (stamp === undefined) return;
      const table = layoutToTable(stamp.layout, name);
      const select = createStatements(database)(
        `SELECT ${table.columns.join(", ")} FROM "${name}" ORDER BY id`,
      );
      let read = 0;
      for (const row of eachRow(select)) {
        yield table.decode(row);
        if (++read % rowsPerTurn === 0) await nextTurn();
      }
    },
    [Symbol.asyncDispose]: async () => database.close(),
  };
};
