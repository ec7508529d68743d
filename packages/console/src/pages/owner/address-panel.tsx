import { useState } from "react";
import type { ResponseOf, Routes } from "@lucid/api";
import { useOperation } from "../../api/service.ts";
import { nameOfAddressChange } from "../../format/leaf-links.ts";
import { Identifier } from "../../parts/identifier.tsx";
import { Pager } from "../../parts/pager.tsx";
import { Panel } from "../../parts/panel.tsx";
import { SealedLink } from "../../parts/sealed-link.tsx";
import { Status } from "../../parts/status.tsx";
import { Table, type Column } from "../../parts/table.tsx";
import { Words } from "../../parts/words.tsx";

type Change = ResponseOf<Routes["listAddressChanges"]>["items"][number];

const columns: readonly Column<Change>[] = [
  { label: "State", cell: ({ state }) => <Status word={state} /> },
  {
    label: "From, to",
    cell: ({ old_address, new_address }) => (
      <>
        <Identifier id={old_address} what="address" /> →{" "}
        <Identifier id={new_address} what="address" />
      </>
    ),
  },
  { label: "When, and what takes it back", kind: "wide", cell: ({ why }) => <Words text={why} /> },
  {
    label: "Proof",
    cell: ({ owner_id, seq, sealed }) => (
      <SealedLink sealed={sealed} name={nameOfAddressChange(owner_id, seq)} />
    ),
  },
];

/** Where the owner will be paid, and where it was; nothing for one that never changed the address. */
export const AddressPanel = ({ ownerId }: { ownerId: string }) => {
  const [page, setPage] = useState(1);
  const changes = useOperation(
    "listAddressChanges",
    { params: { owner_id: ownerId }, query: { page, limit: 5 } },
    { paged: true },
  );
  if ((changes.data?.value.items.length ?? 0) === 0) return null;
  return (
    <Panel title="Changes of the address" query={changes}>
      {({ items, pagination }) => (
        <>
          <Table
            caption="Changes of the owner's address, newest first"
            columns={columns}
            rows={items}
            rowKey={({ seq }) => String(seq)}
          />
          <Pager of="changes" pagination={pagination} onPage={setPage} />
        </>
      )}
    </Panel>
  );
};
