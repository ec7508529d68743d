import { useState } from "react";
import { useOperation } from "../../api/service.ts";
import type { Result } from "../../model/score.ts";
import { Empty } from "../../parts/empty.tsx";
import { Identifier } from "../../parts/identifier.tsx";
import { Pager } from "../../parts/pager.tsx";
import { Panel } from "../../parts/panel.tsx";
import { resultColumns } from "../../parts/result-columns.tsx";
import { Table, type Column } from "../../parts/table.tsx";

const node: Column<Result> = {
  label: "Node",
  kind: "wide",
  cell: ({ node_id }) => <Identifier id={node_id} what="node id" href={`/nodes/${node_id}`} />,
};

const owner: Column<Result> = {
  label: "Owner",
  cell: ({ owner_id }) => <Identifier id={owner_id} what="owner id" href={`/owners/${owner_id}`} />,
};

export const ResultsPanel = ({ epoch }: { epoch: number }) => {
  const [page, setPage] = useState(1);
  const results = useOperation(
    "listEpochResults",
    {
      params: { epoch },
      query: { page, limit: 50 },
    },
    { paged: true },
  );
  return (
    <Panel title="Results" query={results}>
      {({ items, pagination }) =>
        items.length === 0 ? (
          <Empty title="No node was active in this epoch." />
        ) : (
          <>
            <Table
              caption={`Results of epoch ${epoch} by node`}
              columns={[node, owner, ...resultColumns]}
              rows={items}
              rowKey={({ node_id }) => node_id}
            />
            <Pager of="results" pagination={pagination} onPage={setPage} />
          </>
        )
      }
    </Panel>
  );
};
