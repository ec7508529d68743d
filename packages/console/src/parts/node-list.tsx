import { standingInWords, type Node } from "../model/node.ts";
import { LastBeacon } from "./last-beacon.tsx";
import { Status } from "./status.tsx";
import { Table, type Column } from "./table.tsx";
import { nodeColumn, ownerColumn } from "./who.tsx";

const columns: readonly Column<Node>[] = [
  nodeColumn,
  { label: "Status", cell: ({ status }) => <Status word={status} /> },
  {
    label: "Standing",
    kind: "wide",
    cell: standingInWords,
  },
  ownerColumn,
  {
    label: "Agent",
    kind: "number",
    cell: ({ agent_version }) => agent_version ?? <span className="note">not told</span>,
  },
  {
    label: "Last beacon",
    kind: "number",
    cell: ({ last_beacon_at }) => <LastBeacon at={last_beacon_at} />,
  },
];

/** Nodes with what is known about them, to find out what is wrong with some. */
export const NodeList = ({ nodes }: { nodes: readonly Node[] }) => (
  <Table caption="Nodes" columns={columns} rows={nodes} rowKey={({ node_id }) => node_id} />
);
