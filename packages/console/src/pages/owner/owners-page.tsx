import { useState } from "react";
import type { ResponseOf, Routes } from "@lucid/api";
import { useOperation } from "../../api/service.ts";
import { formatCount } from "../../format/numbers.ts";
import { Page } from "../../page.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Identifier } from "../../parts/identifier.tsx";
import { Money } from "../../parts/money.tsx";
import { Pager } from "../../parts/pager.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Table, type Column } from "../../parts/table.tsx";
import { Words } from "../../parts/words.tsx";

type Owner = ResponseOf<Routes["getOwner"]>;

const columns: readonly Column<Owner>[] = [
  {
    label: "Owner",
    cell: ({ owner_id }) => (
      <Identifier id={owner_id} what="owner id" href={`/owners/${owner_id}`} />
    ),
  },
  { label: "Pays to", cell: ({ address }) => <Identifier id={address} what="address" /> },
  { label: "Waits for", kind: "wide", cell: ({ waits }) => <Words text={waits} /> },
  { label: "Nodes", kind: "number", cell: ({ nodes }) => formatCount(nodes) },
  { label: "Paid USDT", kind: "number", cell: ({ paid_usdt }) => <Money usdt={paid_usdt} /> },
  {
    label: "Balance USDT",
    kind: "number",
    cell: ({ balance_usdt }) => <Money usdt={balance_usdt} />,
  },
];

export const OwnersPage = () => {
  const [page, setPage] = useState(1);
  return (
    <Page title="Owners">
      <Panel
        title="Who is paid"
        query={useOperation("listOwners", { query: { page, limit: 25 } }, { paged: true })}
      >
        {({ items, pagination }) =>
          items.length === 0 ? (
            <Empty title="No owners yet.">
              An owner appears with its first node: <code>lucid node enrol</code>.
            </Empty>
          ) : (
            <>
              <Table
                caption="Owners"
                columns={columns}
                rows={items}
                rowKey={({ owner_id }) => owner_id}
              />
              <Pager of="owners" pagination={pagination} onPage={setPage} />
            </>
          )
        }
      </Panel>
    </Page>
  );
};
