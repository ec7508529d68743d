import type { ResponseOf, Routes } from "@lucid/api";
import { useList } from "../../api/list.ts";
import { changesBetween } from "../../model/changes.ts";
import { Moment } from "../../parts/age.tsx";
import { Empty } from "../../parts/empty.tsx";
import { ListPanel } from "../../parts/list-panel.tsx";
import { Table, type Column } from "../../parts/table.tsx";

type Line = ResponseOf<Routes["listAudit"]>["items"][number];

const columns: readonly Column<Line>[] = [
  { label: "When", cell: ({ at }) => <Moment at={at} /> },
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
export const Trail = () => (
  <ListPanel
    title="Who changed what"
    list={useList("listAudit", {}, 25)}
    of="the audit trail"
    empty={
      <Empty title="Nobody changed anything yet.">
        Every change by a person or a program stands here, and its root in the log.
      </Empty>
    }
  >
    {(lines) => (
      <Table caption="Audit trail" columns={columns} rows={lines} rowKey={({ id }) => id} />
    )}
  </ListPanel>
);
