import type { ResponseOf, Routes } from "@lucid/api";
import { useList } from "../../api/list.ts";
import { nameOfMaintenance } from "../../format/leaf-links.ts";
import { Moment } from "../../parts/age.tsx";
import { ListPanel } from "../../parts/list-panel.tsx";
import { SealedLink } from "../../parts/sealed-link.tsx";
import { Status } from "../../parts/status.tsx";
import { Table, type Column } from "../../parts/table.tsx";

type Maintenance = ResponseOf<Routes["listMaintenance"]>["items"][number];

const columns: readonly Column<Maintenance>[] = [
  { label: "State", cell: ({ state }) => <Status word={state} /> },
  { label: "From slot", kind: "number", cell: ({ from_slot }) => from_slot },
  { label: "To slot", kind: "number", cell: ({ to_slot }) => to_slot - 1 },
  {
    label: "When",
    kind: "wide",
    cell: ({ from, to }) => (
      <>
        <Moment at={from} /> until <Moment at={to} />
      </>
    ),
  },
  {
    label: "Proof",
    cell: ({ node_id, from_slot, sealed }) => (
      <SealedLink sealed={sealed} name={nameOfMaintenance(node_id, from_slot)} />
    ),
  },
];

/** When the node said that it would be away; nothing for one that never did. */
export const MaintenancePanel = ({ nodeId }: { nodeId: string }) => (
  <ListPanel
    title="Announced maintenance"
    list={useList("listMaintenance", { params: { node_id: nodeId } }, 5)}
    of="announcements"
  >
    {(announced) => (
      <Table
        caption="Announced maintenance, newest first"
        columns={columns}
        rows={announced}
        rowKey={({ from_slot, to_slot }) => `${from_slot}-${to_slot}`}
      />
    )}
  </ListPanel>
);
