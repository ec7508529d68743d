import { useState } from "react";
import { plural } from "../../format/numbers.ts";
import { newestFirst, type Statement, type StatementLine } from "../../model/statement.ts";
import { nameOfEntry } from "../../format/leaf-links.ts";
import { Moment } from "../../parts/age.tsx";
import { Money } from "../../parts/money.tsx";
import { SealedLink } from "../../parts/sealed-link.tsx";
import { Table, type Column } from "../../parts/table.tsx";
import { LineSource } from "./line-source.tsx";

const SHOWN = 50;

const columns: readonly Column<StatementLine>[] = [
  { label: "Time", cell: ({ at }) => <Moment at={at} /> },
  {
    label: "Where it comes from",
    kind: "wide",
    cell: (line) => <LineSource line={line} />,
  },
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

export const StatementTable = ({ statement }: { statement: Statement }) => {
  const [all, setAll] = useState(false);
  const lines = newestFirst(statement.lines);
  const hidden = all ? 0 : Math.max(0, lines.length - SHOWN);
  return (
    <>
      <Table
        caption="Statement lines, newest first"
        columns={columns}
        rows={hidden > 0 ? lines.slice(0, SHOWN) : lines}
        rowKey={({ ledger }) => String(ledger.seq)}
      />
      {hidden > 0 && (
        <button type="button" className="more" onClick={() => setAll(true)}>
          Show {plural(hidden, "older line")}
        </button>
      )}
    </>
  );
};
