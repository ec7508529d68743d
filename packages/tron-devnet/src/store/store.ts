import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { SQLInputValue } from "node:sqlite";
import type { Block } from "../chain/block.ts";
import type { Execution } from "../chain/execute.ts";
import { NEW_TOKEN } from "../chain/state.ts";
import type { Account, StateSource, TokenSwitches, World } from "../chain/state.ts";
import { fromJson, toJson } from "./json.ts";
import { SCHEMA } from "./schema.ts";

/** What becomes of an accepted transaction: `never` stays outside of every block, `revert` enters one and fails. */
export type Fate = "include" | "never" | "revert";
export type Pending = { txid: string; bytes: Uint8Array; fate: Fate };
export type Included = {
  txid: string;
  block: number;
  position: number;
  bytes: Uint8Array;
  execution: Execution;
};
export type Store = ReturnType<typeof openStore>;

const BLOCK_COLUMNS = "number, id, parent_id AS parentId, timestamp_ms AS timestampMs, header";
const INCLUDED_COLUMNS = "txid, block, position, bytes, execution";

type IncludedRow = Omit<Included, "execution"> & { execution: string };

/** The chain's data in one SQLite file. Every committed block survives kill -9 and, with a full sync, a power cut. */
export function openStore(dir: string) {
  mkdirSync(dir, { recursive: true });
  const db = new DatabaseSync(join(dir, "chain.sqlite"));
  db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 2000;");
  db.exec(SCHEMA);
  const prepared = new Map<string, ReturnType<typeof db.prepare>>();
  const statement = (sql: string) => {
    const found = prepared.get(sql) ?? db.prepare(sql);
    prepared.set(sql, found);
    return found;
  };
  const one = <T>(sql: string, ...values: SQLInputValue[]) =>
    statement(sql).get(...values) as T | undefined;
  const all = <T>(sql: string, ...values: SQLInputValue[]) => statement(sql).all(...values) as T[];
  const run = (sql: string, ...values: SQLInputValue[]) => void statement(sql).run(...values);

  return {
    getMeta: (key: string) =>
      one<{ value: string }>("SELECT value FROM meta WHERE key = ?", key)?.value ?? null,
    setMeta: (key: string, value: string) =>
      run("INSERT OR REPLACE INTO meta VALUES (?, ?)", key, value),

    head: () =>
      one<Block>(`SELECT ${BLOCK_COLUMNS} FROM blocks ORDER BY number DESC LIMIT 1`) ?? null,
    block: (number: number) =>
      one<Block>(`SELECT ${BLOCK_COLUMNS} FROM blocks WHERE number = ?`, number) ?? null,
    blockById: (id: string) =>
      one<Block>(`SELECT ${BLOCK_COLUMNS} FROM blocks WHERE id = ?`, id) ?? null,
    blocks: (from: number, to: number) =>
      all<Block>(
        `SELECT ${BLOCK_COLUMNS} FROM blocks WHERE number >= ? AND number < ? ORDER BY number`,
        from,
        to,
      ),
    addBlock: (block: Block) =>
      run(
        "INSERT INTO blocks VALUES (?, ?, ?, ?, ?)",
        block.number,
        block.id,
        block.parentId,
        block.timestampMs,
        block.header,
      ),

    transaction: (txid: string) => {
      const row = one<IncludedRow>(
        `SELECT ${INCLUDED_COLUMNS} FROM transactions WHERE txid = ?`,
        txid,
      );
      return row === undefined ? null : toIncluded(row);
    },
    transactions: (from: number, to: number) =>
      all<IncludedRow>(
        `SELECT ${INCLUDED_COLUMNS} FROM transactions WHERE block >= ? AND block < ? ORDER BY block, position`,
        from,
        to,
      ).map(toIncluded),
    addTransaction: ({ txid, block, position, bytes, execution }: Included) =>
      run(
        "INSERT INTO transactions VALUES (?, ?, ?, ?, ?)",
        txid,
        block,
        position,
        bytes,
        toJson(execution),
      ),

    pending: () => all<Pending>("SELECT txid, bytes, fate FROM pending ORDER BY position"),
    pendingByTxid: (txid: string) =>
      one<Pending>("SELECT txid, bytes, fate FROM pending WHERE txid = ?", txid) ?? null,
    addPending: ({ txid, bytes, fate }: Pending) =>
      run(
        "INSERT INTO pending SELECT ?, coalesce(max(position), 0) + 1, ?, ? FROM pending",
        txid,
        bytes,
        fate,
      ),
    removePending: (txid: string) => run("DELETE FROM pending WHERE txid = ?", txid),

    /** The state after a block. */
    stateAt: (block: number): StateSource => ({
      account(address) {
        const sql =
          "SELECT state FROM account_states WHERE address = ? AND block <= ? ORDER BY block DESC LIMIT 1";
        const row = one<{ state: string }>(sql, address, block);
        return row === undefined ? null : fromJson<Account>(row.state);
      },
      token() {
        const sql = "SELECT state FROM token_states WHERE block <= ? ORDER BY block DESC LIMIT 1";
        const row = one<{ state: string }>(sql, block);
        return row === undefined ? NEW_TOKEN : fromJson<TokenSwitches>(row.state);
      },
    }),
    addState(block: number, world: World) {
      const { accounts, token } = world.changes();
      for (const [address, state] of accounts) {
        run(
          "INSERT OR REPLACE INTO account_states VALUES (?, ?, ?)",
          address,
          block,
          toJson(state),
        );
      }
      if (token !== null)
        run("INSERT OR REPLACE INTO token_states VALUES (?, ?)", block, toJson(token));
    },

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

function toIncluded(row: IncludedRow): Included {
  return { ...row, execution: fromJson<Execution>(row.execution) };
}
