import { useState } from "react";
import type { ResponseOf, Routes } from "@lucid/api";
import { useOperation } from "../api/service.ts";
import { Since } from "./age.tsx";
import { Identifier } from "./identifier.tsx";
import { Pager } from "./pager.tsx";
import { Panel } from "./panel.tsx";
import { Table, type Column } from "./table.tsx";
import { Words } from "./words.tsx";

type Hold = ResponseOf<Routes["getHold"]>;

const owner: Column<Hold> = {
  label: "Owner",
  cell: ({ owner_id }) => <Identifier id={owner_id} what="owner id" href={`/owners/${owner_id}`} />,
};

const columns: readonly Column<Hold>[] = [
  { label: "Hold", cell: ({ hold_id }) => <Identifier id={hold_id} what="hold id" /> },
  {
    label: "Since when, why, and who decides",
    kind: "wide",
    cell: ({ words }) => <Words text={words} />,
  },
  { label: "Since", kind: "number", cell: ({ held_at }) => <Since at={held_at} /> },
];

/** Whose payouts are held, or one owner's holds with those that have ended; nothing while there are none. */
export const HoldsPanel = ({ ownerId }: { ownerId?: string }) => {
  const [page, setPage] = useState(1);
  const only = ownerId === undefined ? { state: "active" as const } : { owner_id: ownerId };
  const holds = useOperation("listHolds", { query: { ...only, page, limit: 5 } }, { paged: true });
  if ((holds.data?.value.items.length ?? 0) === 0) return null;
  return (
    <Panel title="Held payouts" query={holds}>
      {({ items, pagination }) => (
        <>
          <Table
            caption="Holds, newest first"
            columns={ownerId === undefined ? [owner, ...columns] : columns}
            rows={items}
            rowKey={({ hold_id }) => hold_id}
          />
          <Pager of="holds" pagination={pagination} onPage={setPage} />
        </>
      )}
    </Panel>
  );
};
