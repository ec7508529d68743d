import type { ResponseOf, Routes } from "@lucid/api";
import { Link } from "wouter";
import { useList } from "../../api/list.ts";
import { formatCount } from "../../format/numbers.ts";
import { rewardWords } from "../../model/pools.ts";
import { Page } from "../../page.tsx";
import { Empty } from "../../parts/empty.tsx";
import { ListPanel } from "../../parts/list-panel.tsx";
import { Status } from "../../parts/status.tsx";
import { Table, type Column } from "../../parts/table.tsx";

type Pool = ResponseOf<Routes["getPool"]>;

const columns: readonly Column<Pool>[] = [
  {
    label: "Pool",
    kind: "wide",
    cell: ({ pool_id, name }) => (
      <>
        <Link href={`/pools/${pool_id}`}>{name}</Link> <code className="note">{pool_id}</code>
      </>
    ),
  },
  { label: "Status", cell: ({ status }) => <Status word={status} /> },
  { label: "Members are paid", cell: ({ reward_method }) => rewardWords[reward_method] },
  { label: "Online", kind: "number", cell: ({ online }) => formatCount(online) },
  {
    label: "Seats taken",
    kind: "number",
    cell: ({ members, max_nodes }) => `${formatCount(members)} of ${formatCount(max_nodes)}`,
  },
];

export const PoolsPage = () => (
  <Page title="Pools">
    <ListPanel
      title="Groups of nodes"
      list={useList("listPools", {}, 25)}
      of="pools"
      empty={
        <Empty title="No pools yet.">
          An operator makes one: <code>lucid pools create</code>.
        </Empty>
      }
    >
      {(pools) => (
        <Table caption="Pools" columns={columns} rows={pools} rowKey={({ pool_id }) => pool_id} />
      )}
    </ListPanel>
  </Page>
);
