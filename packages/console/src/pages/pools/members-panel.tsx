import { useState } from "react";
import type { ResponseOf, Routes } from "@lucid/api";
import { useOperation } from "../../api/service.ts";
import { nameOfSeat } from "../../format/leaf-links.ts";
import { rewardWords } from "../../model/pools.ts";
import { Empty } from "../../parts/empty.tsx";
import { Identifier } from "../../parts/identifier.tsx";
import { Pager } from "../../parts/pager.tsx";
import { Panel } from "../../parts/panel.tsx";
import { SealedLink } from "../../parts/sealed-link.tsx";
import { Status } from "../../parts/status.tsx";
import { Table, type Column } from "../../parts/table.tsx";

type Member = ResponseOf<Routes["leavePool"]>;

const columns: readonly Column<Member>[] = [
  { label: "Seat", kind: "number", cell: ({ seat }) => seat },
  {
    label: "Node",
    kind: "wide",
    cell: ({ node_id }) => <Identifier id={node_id} what="node id" href={`/nodes/${node_id}`} />,
  },
  { label: "Status", cell: ({ status }) => <Status word={status} /> },
  { label: "Agreed to be paid", cell: ({ consent }) => rewardWords[consent] },
  {
    label: "Told in",
    cell: ({ sealed, pool_id, seat }) => (
      <SealedLink sealed={sealed} name={nameOfSeat(pool_id, seat)} />
    ),
  },
];

export const MembersPanel = ({ poolId }: { poolId: string }) => {
  const [page, setPage] = useState(1);
  const members = useOperation(
    "listMembers",
    { params: { pool_id: poolId }, query: { page, limit: 25 } },
    { paged: true },
  );
  return (
    <Panel title="Members" query={members}>
      {({ items, pagination }) =>
        items.length === 0 ? (
          <Empty title="Nobody sits here.">
            A node joins by itself: <code>lucid node pool join {poolId}</code>.
          </Empty>
        ) : (
          <>
            <Table
              caption="Members of this pool"
              columns={columns}
              rows={items}
              rowKey={({ node_id }) => node_id}
            />
            <Pager of="members" pagination={pagination} onPage={setPage} />
          </>
        )
      }
    </Panel>
  );
};
