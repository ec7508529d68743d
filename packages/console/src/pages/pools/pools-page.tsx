import { useState } from "react";
import type { ResponseOf, Routes } from "@lucid/api";
import { Link } from "wouter";
import { useOperation } from "../../api/service.ts";
import { formatCount } from "../../format/numbers.ts";
import { rewardWords } from "../../model/pools.ts";
import { Page } from "../../page.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Pager } from "../../parts/pager.tsx";
import { Panel } from "../../parts/panel.tsx";
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
  { label: "Pays", cell: ({ reward_method }) => rewardWords[reward_method] },
  { label: "Online", kind: "number", cell: ({ online }) => formatCount(online) },
  {
    label: "Seats taken",
    kind: "number",
    cell: ({ members, max_nodes }) => `${formatCount(members)} of ${formatCount(max_nodes)}`,
  },
];

export const PoolsPage = () => {
  const [page, setPage] = useState(1);
  return (
    <Page title="Pools">
      <Panel
        title="Groups of nodes"
        query={useOperation("listPools", { query: { page, limit: 25 } }, { paged: true })}
      >
        {({ items, pagination }) =>
          items.length === 0 ? (
            <Empty title="No pools yet.">
              An operator makes one: <code>lucid pools create</code>.
            </Empty>
          ) : (
            <>
              <Table
                caption="Pools"
                columns={columns}
                rows={items}
                rowKey={({ pool_id }) => pool_id}
              />
              <Pager of="pools" pagination={pagination} onPage={setPage} />
            </>
          )
        }
      </Panel>
    </Page>
  );
};
