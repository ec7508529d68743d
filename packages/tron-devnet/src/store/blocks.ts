import type { Block } from "../chain/block.ts";
import type { Database } from "./database.ts";

const SELECT =
  "SELECT number, id, parent_id AS parentId, timestamp_ms AS timestampMs, header FROM blocks";

export function createBlockTable({ one, all, run }: Database) {
  return {
    head: () => one(`${SELECT} ORDER BY number DESC LIMIT 1`) as Block | null,
    block: (number: number) => one(`${SELECT} WHERE number = ?`, number) as Block | null,
    blockById: (id: string) => one(`${SELECT} WHERE id = ?`, id) as Block | null,
    /** Blocks from <= number < to, ascending. */
    blocks: (from: number, to: number) =>
      all(`${SELECT} WHERE number >= ? AND number < ? ORDER BY number`, from, to) as Block[],
    addBlock({ number, id, parentId, timestampMs, header }: Block): void {
      const sql = "INSERT INTO blocks VALUES (?, ?, ?, ?, ?)";
      run(sql, number, id, parentId, timestampMs, header);
    },
  };
}
