import { useState } from "react";
import type { ResponseOf, Routes } from "@lucid/api";
import { Link } from "wouter";
import { useOperation } from "../../api/service.ts";
import { ownerOfAccount } from "../../format/ids.ts";
import { nameOfEntry } from "../../format/leaf-links.ts";
import { Since } from "../../parts/age.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Identifier } from "../../parts/identifier.tsx";
import { Money } from "../../parts/money.tsx";
import { Pager } from "../../parts/pager.tsx";
import { Panel } from "../../parts/panel.tsx";
import { SealedLink } from "../../parts/sealed-link.tsx";
import { Table, type Column } from "../../parts/table.tsx";

type Entry = ResponseOf<Routes["listLedger"]>["items"][number];

const Account = ({ account }: { account: string }) => {
  const owner = ownerOfAccount(account);
  if (owner === null) return <code>{account}</code>;
  return <Identifier id={owner} what="owner id" href={`/owners/${owner}`} />;
};

const columns: readonly Column<Entry>[] = [
  { label: "Account", cell: ({ account }) => <Account account={account} /> },
  {
    label: "Entry",
    kind: "wide",
    cell: ({ kind, epoch, at, key }) => (
      <span title={key}>
        {kind.replaceAll("_", " ")}
        {epoch !== null && (
          <>
            {" · "}
            <Link href={`/epochs/${epoch}`}>epoch {epoch}</Link>
          </>
        )}{" "}
        <span className="note">
          <Since at={at} />
        </span>
      </span>
    ),
  },
  { label: "USDT", kind: "number", cell: ({ amount_usdt }) => <Money usdt={amount_usdt} signed /> },
  { label: "Balance", kind: "number", cell: ({ balance_usdt }) => <Money usdt={balance_usdt} /> },
  {
    label: "Proof",
    kind: "number",
    cell: ({ sealed, key, hash }) => (
      <SealedLink sealed={sealed} name={nameOfEntry(key)} hash={hash} />
    ),
  },
];

export const LedgerPanel = () => {
  const [page, setPage] = useState(1);
  const ledger = useOperation("listLedger", { query: { page, limit: 10 } }, { paged: true });
  return (
    <Panel title="Ledger" query={ledger}>
      {({ items, pagination }) =>
        items.length === 0 ? (
          <Empty title="No entries yet.">
            Rewards are entered when the first epoch is settled.
          </Empty>
        ) : (
          <>
            <Table
              caption="Ledger entries, newest first"
              columns={columns}
              rows={items}
              rowKey={({ account, seq }) => `${account}#${seq}`}
            />
            <Pager of="ledger entries" pagination={pagination} onPage={setPage} />
          </>
        )
      }
    </Panel>
  );
};
