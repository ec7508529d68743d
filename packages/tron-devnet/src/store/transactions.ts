import type { Execution } from "../chain/execute.ts";
import type { Database } from "./database.ts";
import { fromJson, toJson } from "./json.ts";

/**
 * What becomes of an accepted transaction: `never` stays outside of every block, `late:<number>` outside of those before
 * that one; `revert` and `energy` enter one and fail; `fee` and `frozen` enter one right after the token's fee was switched on
 * or their sender was blacklisted; `undo` enters one that is then reorganised away, and is forgotten.
 */
export type Fate =
  | "include"
  | "never"
  | "revert"
  | "energy"
  | "fee"
  | "frozen"
  | "undo"
  | `late:${number}`;
export type Pending = { txid: string; bytes: Uint8Array; fate: Fate };
export type Included = {
  txid: string;
  block: number;
  position: number;
  bytes: Uint8Array;
  execution: Execution;
};

const SELECT = "SELECT txid, block, position, bytes, execution FROM transactions";
const SELECT_PENDING = "SELECT txid, bytes, fate FROM pending";

type Row = Omit<Included, "execution"> & { execution: string };

export function createTransactionTables({ one, all, run }: Database) {
  return {
    transaction(txid: string): Included | null {
      const row = one(`${SELECT} WHERE txid = ?`, txid) as Row | null;
      return row === null ? null : toIncluded(row);
    },
    /** Transactions of blocks from <= number < to, in the order of the chain. */
    transactions(from: number, to: number): Included[] {
      const sql = `${SELECT} WHERE block >= ? AND block < ? ORDER BY block, position`;
      return (all(sql, from, to) as Row[]).map(toIncluded);
    },
    addTransaction({ txid, block, position, bytes, execution }: Included): void {
      const sql = "INSERT INTO transactions VALUES (?, ?, ?, ?, ?)";
      run(sql, txid, block, position, bytes, toJson(execution));
    },

    /** Accepted and not yet in a block, oldest first. */
    pending: () => all(`${SELECT_PENDING} ORDER BY position`) as Pending[],
    pendingByTxid: (txid: string) =>
      one(`${SELECT_PENDING} WHERE txid = ?`, txid) as Pending | null,
    addPending({ txid, bytes, fate }: Pending): void {
      const sql = "INSERT INTO pending SELECT ?, coalesce(max(position), 0) + 1, ?, ? FROM pending";
      run(sql, txid, bytes, fate);
    },
    removePending: (txid: string) => run("DELETE FROM pending WHERE txid = ?", txid),
  };
}

function toIncluded(row: Row): Included {
  return { ...row, execution: fromJson(row.execution) as Execution };
}
