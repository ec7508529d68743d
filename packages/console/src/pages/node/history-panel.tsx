import { Link } from "wouter";
import { useList } from "../../api/list.ts";
import { Empty } from "../../parts/empty.tsx";
import { ListPanel } from "../../parts/list-panel.tsx";
import { resultColumns } from "../../parts/result-columns.tsx";
import { Table, type Column } from "../../parts/table.tsx";
import type { Result } from "../../model/score.ts";

const epoch: Column<Result> = {
  label: "Epoch",
  cell: ({ epoch }) => <Link href={`/epochs/${epoch}`}>{epoch}</Link>,
};

export const HistoryPanel = ({ nodeId }: { nodeId: string }) => (
  <ListPanel
    title="Settled epochs"
    list={useList("listPootHistory", { params: { node_id: nodeId } }, 12)}
    of="results"
    empty={<Empty title="None yet.">An epoch is settled soon after its last slot.</Empty>}
  >
    {(results) => (
      <Table
        caption="Results by epoch, newest first"
        columns={[epoch, ...resultColumns]}
        rows={results}
        rowKey={({ epoch }) => String(epoch)}
      />
    )}
  </ListPanel>
);
