import type { ResponseOf, Routes } from "@lucid/api";
import { useList } from "../../api/list.ts";
import { nameOfAddressChange } from "../../format/leaf-links.ts";
import { Identifier } from "../../parts/identifier.tsx";
import { ListPanel } from "../../parts/list-panel.tsx";
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
export const AddressPanel = ({ ownerId }: { ownerId: string }) => (
  <ListPanel
    title="Changes of the address"
    list={useList("listAddressChanges", { params: { owner_id: ownerId } }, 5)}
    of="changes"
  >
    {(changes) => (
      <Table
        caption="Changes of the owner's address, newest first"
        columns={columns}
        rows={changes}
        rowKey={({ seq }) => String(seq)}
      />
    )}
  </ListPanel>
);
