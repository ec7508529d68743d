import type { ResponseOf, Routes } from "@lucid/api";
import { useState } from "react";
import { useOperation } from "../../api/service.ts";
import { nameOfMaintenance } from "../../format/leaf-links.ts";
import { formatMoment } from "../../format/time.ts";
import { Pager } from "../../parts/pager.tsx";
import { Panel } from "../../parts/panel.tsx";
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
    cell: ({ from, to }) =>
      `${formatMoment(Date.parse(from))} until ${formatMoment(Date.parse(to))}`,
  },
  {
    label: "Proof",
    cell: ({ node_id, from_slot, sealed }) => (
      <SealedLink sealed={sealed} name={nameOfMaintenance(node_id, from_slot)} />
    ),
  },
];

/** When the node said that it would be away; nothing for one that never did. */
export const MaintenancePanel = ({ nodeId }: { nodeId: string }) => {
  const [page, setPage] = useState(1);
  const request = { params: { node_id: nodeId }, query: { page, limit: 5 } };
  const announced = useOperation("listMaintenance", request, { paged: true });
  if ((announced.data?.value.items.length ?? 0) === 0) return null;
  return (
    <Panel title="Announced maintenance" query={announced}>
      {({ items, pagination }) => (
        <>
          <Table
            caption="Announced maintenance, newest first"
            columns={columns}
            rows={items}
            rowKey={({ from_slot, to_slot }) => `${from_slot}-${to_slot}`}
          />
          <Pager of="announcements" pagination={pagination} onPage={setPage} />
        </>
      )}
    </Panel>
  );
};
