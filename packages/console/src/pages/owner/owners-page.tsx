import type { ResponseOf, Routes } from "@lucid/api";
import { useList } from "../../api/list.ts";
import { formatCount } from "../../format/numbers.ts";
import { Page } from "../../page.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Identifier } from "../../parts/identifier.tsx";
import { Money } from "../../parts/money.tsx";
import { ListPanel } from "../../parts/list-panel.tsx";
import { Table, type Column } from "../../parts/table.tsx";
import { ownerColumn } from "../../parts/who.tsx";
import { Words } from "../../parts/words.tsx";

type Owner = ResponseOf<Routes["getOwner"]>;

const columns: readonly Column<Owner>[] = [
  ownerColumn,
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

export const OwnersPage = () => (
  <Page title="Owners">
    <ListPanel
      title="Who is paid"
      list={useList("listOwners", {}, 25)}
      of="owners"
      empty={
        <Empty title="No owners yet.">
          An owner appears with its first node: <code>lucid node enrol</code>.
        </Empty>
      }
    >
      {(owners) => (
        <Table
          caption="Owners"
          columns={columns}
          rows={owners}
          rowKey={({ owner_id }) => owner_id}
        />
      )}
    </ListPanel>
  </Page>
);
