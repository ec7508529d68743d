import type { ResponseOf, Routes } from "@lucid/api";
import { useList } from "../api/list.ts";
import { Since } from "./age.tsx";
import { Identifier } from "./identifier.tsx";
import { ListPanel } from "./list-panel.tsx";
import { Table, type Column } from "./table.tsx";
import { ownerColumn } from "./who.tsx";
import { Words } from "./words.tsx";

type Hold = ResponseOf<Routes["getHold"]>;

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
  const only = ownerId === undefined ? { state: "active" } : { owner_id: ownerId };
  return (
    <ListPanel title="Held payouts" list={useList("listHolds", { query: only }, 5)} of="holds">
      {(holds) => (
        <Table
          caption="Holds, newest first"
          columns={ownerId === undefined ? [ownerColumn, ...columns] : columns}
          rows={holds}
          rowKey={({ hold_id }) => hold_id}
        />
      )}
    </ListPanel>
  );
};
