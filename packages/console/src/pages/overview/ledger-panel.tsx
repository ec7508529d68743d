import type { ResponseOf, Routes } from "@lucid/api";
import { Link } from "wouter";
import { useList } from "../../api/list.ts";
import { ownerOfAccount } from "../../format/ids.ts";
import { nameOfEntry } from "../../format/leaf-links.ts";
import { Since } from "../../parts/age.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Money } from "../../parts/money.tsx";
import { ListPanel } from "../../parts/list-panel.tsx";
import { SealedLink } from "../../parts/sealed-link.tsx";
import { Table, type Column } from "../../parts/table.tsx";
import { OwnerLink } from "../../parts/who.tsx";

type Entry = ResponseOf<Routes["listLedger"]>["items"][number];

const Account = ({ account }: { account: string }) => {
  const owner = ownerOfAccount(account);
  if (owner === null) return <code>{account}</code>;
  return <OwnerLink id={owner} />;
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
  {
    label: "Balance USDT",
    kind: "number",
    cell: ({ balance_usdt }) => <Money usdt={balance_usdt} />,
  },
  {
    label: "Proof",
    kind: "number",
    cell: ({ sealed, key, hash }) => (
      <SealedLink sealed={sealed} name={nameOfEntry(key)} hash={hash} />
    ),
  },
];

export const LedgerPanel = () => (
  <ListPanel
    title="Ledger"
    list={useList("listLedger", {}, 6)}
    of="ledger entries"
    empty={
      <Empty title="No entries yet.">Rewards are entered when the first epoch is settled.</Empty>
    }
  >
    {(entries) => (
      <Table
        caption="Ledger entries, newest first"
        columns={columns}
        rows={entries}
        rowKey={({ account, seq }) => `${account}#${seq}`}
      />
    )}
  </ListPanel>
);
