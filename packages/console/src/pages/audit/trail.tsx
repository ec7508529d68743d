import type { ResponseOf, Routes } from "@lucid/api";
import { useList } from "../../api/list.ts";
import { changesBetween, NOTHING } from "../../model/changes.ts";
import { Moment } from "../../parts/age.tsx";
import { Empty } from "../../parts/empty.tsx";
import { ListPanel } from "../../parts/list-panel.tsx";
import { Table, type Column } from "../../parts/table.tsx";
import { Words } from "../../parts/words.tsx";

type Line = ResponseOf<Routes["listAudit"]>["items"][number];

const columns: readonly Column<Line>[] = [
  { label: "When", cell: ({ at }) => <Moment at={at} /> },
  {
    label: "Operation",
    cell: ({ operation, outcome }) => (
      <>
        {operation}
        {outcome !== "done" && <span className="why">refused: {outcome}</span>}
      </>
    ),
  },
  { label: "Of", cell: ({ subject }) => <Words text={subject} /> },
  { label: "By", cell: ({ principal }) => <Words text={principal.id} /> },
  { label: "What changed", kind: "wide", cell: (line) => <Changes line={line} /> },
];

const Changes = ({ line: { before, after } }: { line: Line }) => (
  <ul className="changes">
    {changesBetween(before, after).map(({ field, from, to }) => (
      <li key={field}>
        {field}: {from !== NOTHING && <Words text={`${from} → `} />}
        <Words text={to} />
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
