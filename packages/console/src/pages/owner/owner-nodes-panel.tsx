import { useState } from "react";
import type { ResponseOf, Routes } from "@lucid/api";
import { useOperation } from "../../api/service.ts";
import { LastBeacon } from "../../parts/last-beacon.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Identifier } from "../../parts/identifier.tsx";
import { Pager } from "../../parts/pager.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Status } from "../../parts/status.tsx";
import { Table, type Column } from "../../parts/table.tsx";

type Node = ResponseOf<Routes["getNode"]>;

const columns: readonly Column<Node>[] = [
  {
    label: "Node",
    kind: "wide",
    cell: ({ node_id }) => <Identifier id={node_id} what="node id" href={`/nodes/${node_id}`} />,
  },
  { label: "Status", cell: ({ status }) => <Status word={status} /> },
  {
    label: "Last beacon",
    kind: "number",
    cell: ({ last_beacon_at }) => <LastBeacon at={last_beacon_at} />,
  },
];

export const OwnerNodesPanel = ({ ownerId }: { ownerId: string }) => {
  const [page, setPage] = useState(1);
  const nodes = useOperation(
    "listNodes",
    { query: { owner_id: ownerId, page, limit: 10 } },
    { paged: true },
  );
  return (
    <Panel title="Nodes" query={nodes}>
      {({ items, pagination }) =>
        items.length === 0 ? (
          <Empty title="This owner has no node." />
        ) : (
          <>
            <Table
              caption="Nodes of this owner"
              columns={columns}
              rows={items}
              rowKey={({ node_id }) => node_id}
            />
            <Pager of="nodes" pagination={pagination} onPage={setPage} />
          </>
        )
      }
    </Panel>
  );
};
