import { inOrder, type Statement, type StatementLine } from "../../model/statement.ts";
import { Table, type Column } from "../../parts/table.tsx";
import { moneyColumns, timeColumn } from "./line-columns.tsx";

const columns: readonly Column<StatementLine>[] = [
  timeColumn,
  { label: "Where it comes from", kind: "wide", cell: ({ because }) => because },
  { label: "Policy", kind: "number", cell: ({ policy }) => policy },
  ...moneyColumns,
];

/** Every entry of the account, with the block of the log that proves it. */
export const EntriesTable = ({ statement }: { statement: Statement }) => (
  <>
    <h3>Ledger entries</h3>
    {statement.lines.length === 0 ? (
      <p className="note">The account has no entry in this time.</p>
    ) : (
      <Table
        caption="Ledger entries, oldest first"
        columns={columns}
        rows={inOrder(statement.lines)}
        rowKey={({ ledger }) => String(ledger.seq)}
      />
    )}
  </>
);
