import { useState } from "react";
import { useOperation } from "../../api/service.ts";
import { Empty } from "../../parts/empty.tsx";
import { Pager } from "../../parts/pager.tsx";
import { Panel } from "../../parts/panel.tsx";
import { PayoutsTable } from "../../parts/payouts-table.tsx";

export const OwnerPayoutsPanel = ({ ownerId }: { ownerId: string }) => {
  const [page, setPage] = useState(1);
  const payouts = useOperation(
    "listOwnerPayouts",
    {
      params: { owner_id: ownerId },
      query: { page, limit: 10 },
    },
    { paged: true },
  );
  return (
    <Panel title="Payouts" query={payouts}>
      {({ items, pagination }) =>
        items.length === 0 ? (
          <Empty title="No payouts yet." />
        ) : (
          <>
            <PayoutsTable payouts={items} ofOneOwner />
            <Pager of="payouts" pagination={pagination} onPage={setPage} />
          </>
        )
      }
    </Panel>
  );
};
