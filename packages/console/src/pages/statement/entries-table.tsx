import { nameOfEntry } from "../../format/leaf-links.ts";
import { inOrder, type Statement, type StatementLine } from "../../model/statement.ts";
import { Moment } from "../../parts/age.tsx";
import { Money } from "../../parts/money.tsx";
import { SealedLink } from "../../parts/sealed-link.tsx";
import { Table, type Column } from "../../parts/table.tsx";

const columns: readonly Column<StatementLine>[] = [
  { label: "Time", cell: ({ at }) => <Moment at={at} /> },
  { label: "Where it comes from", kind: "wide", cell: ({ because }) => because },
  { label: "Policy", kind: "number", cell: ({ policy }) => policy },
  { label: "USDT", kind: "number", cell: ({ amount_usdt }) => <Money usdt={amount_usdt} signed /> },
  { label: "Balance", kind: "number", cell: ({ balance_usdt }) => <Money usdt={balance_usdt} /> },
  {
    label: "Proof",
    kind: "number",
    cell: ({ sealed, ledger }) => (
      <SealedLink sealed={sealed} name={nameOfEntry(ledger.key)} hash={ledger.hash} />
    ),
  },
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
