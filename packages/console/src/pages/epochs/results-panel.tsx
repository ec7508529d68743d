import { useList } from "../../api/list.ts";
import type { Result } from "../../model/score.ts";
import { Empty } from "../../parts/empty.tsx";
import { ListPanel } from "../../parts/list-panel.tsx";
import { resultColumns } from "../../parts/result-columns.tsx";
import { Table, type Column } from "../../parts/table.tsx";
import { nodeColumn, ownerColumn } from "../../parts/who.tsx";

const columns: readonly Column<Result>[] = [
  { ...nodeColumn, kind: "wide" },
  ownerColumn,
  ...resultColumns,
];

export const ResultsPanel = ({ epoch }: { epoch: number }) => (
  <ListPanel
    title="Results"
    list={useList("listEpochResults", { params: { epoch } }, 50)}
    of="results"
    empty={<Empty title="No node was active in this epoch." />}
  >
    {(results) => (
      <Table
        caption={`Results of epoch ${epoch} by node`}
        columns={columns}
        rows={results}
        rowKey={({ node_id }) => node_id}
      />
    )}
  </ListPanel>
);
