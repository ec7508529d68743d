import { useState } from "react";
import { plural } from "../../format/numbers.ts";
import { newestFirst, type Statement, type StatementLine } from "../../model/statement.ts";
import { Table, type Column } from "../../parts/table.tsx";
import { moneyColumns, timeColumn } from "./line-columns.tsx";
import { LineSource } from "./line-source.tsx";

const SHOWN = 50;

const columns: readonly Column<StatementLine>[] = [
  timeColumn,
  { label: "Where it comes from", kind: "wide", cell: (line) => <LineSource line={line} /> },
  ...moneyColumns,
];

/** The lines of a statement, the latest first and at once; the others when they are asked for. */
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
