import { useState } from "react";
import type { ResponseOf, Routes } from "@lucid/api";
import { useOperation } from "../../api/service.ts";
import { formatMoment } from "../../format/time.ts";
import { changesBetween } from "../../model/changes.ts";
import { Empty } from "../../parts/empty.tsx";
import { Pager } from "../../parts/pager.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Table, type Column } from "../../parts/table.tsx";

type Line = ResponseOf<Routes["listAudit"]>["items"][number];

const columns: readonly Column<Line>[] = [
  { label: "When", cell: ({ at }) => formatMoment(Date.parse(at)) },
  { label: "Operation", cell: ({ operation }) => operation },
  { label: "Of", cell: ({ subject }) => <code>{subject}</code> },
  { label: "By", cell: ({ principal }) => <code>{principal.id}</code> },
  { label: "Outcome", cell: ({ outcome }) => outcome },
  { label: "From what to what", kind: "wide", cell: (line) => <Changes line={line} /> },
];

const Changes = ({ line: { before, after } }: { line: Line }) => (
  <ul className="changes">
    {changesBetween(before, after).map(({ field, from, to }) => (
      <li key={field}>
        {field}: {from} → {to}
      </li>
    ))}
  </ul>
);

/** The audit trail, the newest line first. */
export const Trail = () => {
  const [page, setPage] = useState(1);
  const query = useOperation("listAudit", { query: { page, limit: 25 } }, { paged: true });
  return (
    <Panel title="Who changed what" query={query}>
      {({ items, pagination }) =>
        items.length === 0 ? (
          <Empty title="Nobody changed anything yet.">
            Every change by a person or a program stands here, and its root in the log.
          </Empty>
        ) : (
          <>
            <Table caption="Audit trail" columns={columns} rows={items} rowKey={({ id }) => id} />
            <Pager of="the audit trail" pagination={pagination} onPage={setPage} />
          </>
        )
      }
    </Panel>
  );
};
