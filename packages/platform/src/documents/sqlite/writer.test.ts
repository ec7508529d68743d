import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { containing, fault } from "../compliance/matchers.ts";
import { createWriter } from "./writer.ts";

function openTable() {
  const database = new DatabaseSync(":memory:");
  database.exec("CREATE TABLE t (n INTEGER PRIMARY KEY, filler TEXT) STRICT");
  const insert = database.prepare("INSERT INTO t (n, filler) VALUES (?, ?)");
  const count = () => database.prepare("SELECT count(*) AS n FROM t").get()?.["n"];
  return {
    database,
    count,
    insert:
      (n: number, filler = "") =>
      () =>
        Number(insert.run(n, filler).changes),
  };
}

test("what is asked for in one turn is one transaction, and nobody is told before it is committed", async () => {
  const { database, insert } = openTable();
  const trace: string[] = [];
  const writer = createWriter(database);
  const write = (n: number) =>
    writer
      .write(() => {
        trace.push(`apply ${n} ${database.isTransaction}`);
        return insert(n)();
      })
      .then(() => trace.push(`told ${n} ${database.isTransaction}`));
  const first = [write(1), write(2), write(3)];
  expect(trace).toEqual([]);
  await Promise.all(first);
  expect(trace).toEqual([
    "apply 1 true",
    "apply 2 true",
    "apply 3 true",
    "told 1 false",
    "told 2 false",
    "told 3 false",
  ]);
});

test("a full disk rejects the whole group, leaves nothing of it, and is over when there is room again", async () => {
  const { database, count, insert } = openTable();
  const writer = createWriter(database);
  const pages = Number(database.prepare("PRAGMA page_count").get()?.["page_count"]);
  database.exec(`PRAGMA max_page_count = ${pages + 2}`);
  const group = [
    writer.write(insert(1)),
    writer.write(insert(2, "x".repeat(100_000))),
    writer.write(insert(3)),
  ];
  const answers = await Promise.allSettled(group);
  expect(answers).toEqual(
    Array.from({ length: 3 }, () => ({
      status: "rejected",
      reason: fault("documents.full", "free some space"),
    })),
  );
  expect(count()).toBe(0);
  expect(writer.failure()).toContain("No room left");
  database.exec(`PRAGMA max_page_count = ${pages + 100}`);
  expect(await writer.write(insert(4))).toBe(1);
  expect(writer.failure()).toBeNull();
});

test("a COMMIT that fails without an answer is unknown to all of the group", async () => {
  const { database, insert } = openTable();
  const writer = createWriter(ioErrorAtCommit(database));
  const group = [writer.write(insert(1)), writer.write(insert(2))];
  expect(await Promise.all(group)).toEqual([
    { outcome: "unknown", reason: containing("disk I/O error") },
    { outcome: "unknown", reason: containing("disk I/O error") },
  ]);
  expect(writer.failure()).toContain("disk I/O error");
});

test("closing commits what waits and refuses what comes later", async () => {
  const { database, count, insert } = openTable();
  const writer = createWriter(database);
  const last = writer.write(insert(1));
  writer.close();
  expect([await last, count()]).toEqual([1, 1]);
  await expect(writer.write(insert(2))).rejects.toMatchObject({ code: "documents.closed" });
});

/** SQLite's own error for a disk that fails at fsync; no file system here can be made to do it. */
function ioErrorAtCommit(database: DatabaseSync): DatabaseSync {
  const prepare = database.prepare.bind(database);
  database.prepare = (sql) => {
    const statement = prepare(sql);
    if (sql === "COMMIT") {
      statement.run = () => {
        throw Object.assign(new Error("disk I/O error"), {
          code: "ERR_SQLITE_ERROR",
          errcode: 1034,
        });
      };
    }
    return statement;
  };
  return database;
}
