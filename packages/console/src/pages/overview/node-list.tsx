import type { ResponseOf, Routes } from "@lucid/api";
import { LastBeacon } from "../../parts/last-beacon.tsx";
import { Identifier } from "../../parts/identifier.tsx";
import { Status } from "../../parts/status.tsx";
import { Table, type Column } from "../../parts/table.tsx";

type Node = ResponseOf<Routes["getNode"]>;

const columns: readonly Column<Node>[] = [
  {
    label: "Node",
    cell: ({ node_id }) => <Identifier id={node_id} what="node id" href={`/nodes/${node_id}`} />,
  },
  { label: "Status", cell: ({ status }) => <Status word={status} /> },
  {
    label: "Standing",
    kind: "wide",
    cell: ({ standing, standing_reason, standing_from_slot }) =>
      `${standing} (${standing_reason.replaceAll("_", " ")}, from slot ${standing_from_slot})`,
  },
  {
    label: "Owner",
    cell: ({ owner_id }) => (
      <Identifier id={owner_id} what="owner id" href={`/owners/${owner_id}`} />
    ),
  },
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
