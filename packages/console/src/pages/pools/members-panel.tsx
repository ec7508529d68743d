import type { ResponseOf, Routes } from "@lucid/api";
import { useList } from "../../api/list.ts";
import { nameOfSeat } from "../../format/leaf-links.ts";
import { rewardWords } from "../../model/pools.ts";
import { Empty } from "../../parts/empty.tsx";
import { ListPanel } from "../../parts/list-panel.tsx";
import { SealedLink } from "../../parts/sealed-link.tsx";
import { Status } from "../../parts/status.tsx";
import { Table, type Column } from "../../parts/table.tsx";
import { nodeColumn } from "../../parts/who.tsx";

type Member = ResponseOf<Routes["leavePool"]>;

const columns: readonly Column<Member>[] = [
  { label: "Seat", kind: "number", cell: ({ seat }) => seat },
  { ...nodeColumn, kind: "wide" },
  { label: "Status", cell: ({ status }) => <Status word={status} /> },
  { label: "Agreed to be paid", cell: ({ consent }) => rewardWords[consent] },
  {
    label: "Proof",
    cell: ({ sealed, pool_id, seat }) => (
      <SealedLink sealed={sealed} name={nameOfSeat(pool_id, seat)} />
    ),
  },
];

export const MembersPanel = ({ poolId }: { poolId: string }) => (
  <ListPanel
    title="Members"
    list={useList("listMembers", { params: { pool_id: poolId } }, 25)}
    of="members"
    empty={
      <Empty title="Nobody sits here.">
        A node joins by itself: <code>lucid node pool join {poolId}</code>.
      </Empty>
    }
  >
    {(members) => (
      <Table
        caption="Members of this pool"
        columns={columns}
        rows={members}
        rowKey={({ node_id }) => node_id}
      />
    )}
  </ListPanel>
);
