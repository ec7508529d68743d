import { useList } from "../../api/list.ts";
import type { Node } from "../../model/node.ts";
import { Empty } from "../../parts/empty.tsx";
import { LastBeacon } from "../../parts/last-beacon.tsx";
import { ListPanel } from "../../parts/list-panel.tsx";
import { Status } from "../../parts/status.tsx";
import { Table, type Column } from "../../parts/table.tsx";
import { nodeColumn } from "../../parts/who.tsx";

const columns: readonly Column<Node>[] = [
  { ...nodeColumn, kind: "wide" },
  { label: "Status", cell: ({ status }) => <Status word={status} /> },
  {
    label: "Last beacon",
    kind: "number",
    cell: ({ last_beacon_at }) => <LastBeacon at={last_beacon_at} />,
  },
];

export const OwnerNodesPanel = ({ ownerId }: { ownerId: string }) => (
  <ListPanel
    title="Nodes"
    list={useList("listNodes", { query: { owner_id: ownerId } }, 10)}
    of="nodes"
    empty={<Empty title="This owner has no node." />}
  >
    {(nodes) => (
      <Table
        caption="Nodes of this owner"
        columns={columns}
        rows={nodes}
        rowKey={({ node_id }) => node_id}
      />
    )}
  </ListPanel>
);
