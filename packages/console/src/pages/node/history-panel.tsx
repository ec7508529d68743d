import { useState } from "react";
import { Link } from "wouter";
import { useOperation } from "../../api/service.ts";
import { Empty } from "../../parts/empty.tsx";
import { Pager } from "../../parts/pager.tsx";
import { Panel } from "../../parts/panel.tsx";
import { resultColumns } from "../../parts/result-columns.tsx";
import { Table, type Column } from "../../parts/table.tsx";
import type { Result } from "../../model/score.ts";

const epoch: Column<Result> = {
  label: "Epoch",
  cell: ({ epoch }) => <Link href={`/epochs/${epoch}`}>{epoch}</Link>,
};

export const HistoryPanel = ({ nodeId }: { nodeId: string }) => {
  const [page, setPage] = useState(1);
  const history = useOperation(
    "listPootHistory",
    {
      params: { node_id: nodeId },
      query: { page, limit: 12 },
    },
    { paged: true },
  );
  return (
    <Panel title="Settled epochs" query={history}>
      {({ items, pagination }) =>
        items.length === 0 ? (
          <Empty title="None yet." />
        ) : (
          <>
            <Table
              caption="Results by epoch, newest first"
              columns={[epoch, ...resultColumns]}
              rows={items}
              rowKey={({ epoch }) => String(epoch)}
            />
            <Pager of="results" pagination={pagination} onPage={setPage} />
          </>
        )
      }
    </Panel>
  );
};
