import type { ResponseOf, Routes } from "@lucid/api";
import { nameOfPayout } from "../format/leaf-links.ts";
import { webLink } from "../format/links.ts";
import { Since } from "./age.tsx";
import { Identifier } from "./identifier.tsx";
import { Money } from "./money.tsx";
import { SealedLink } from "./sealed-link.tsx";
import { Status } from "./status.tsx";
import { Table, type Column } from "./table.tsx";
import { ownerColumn } from "./who.tsx";
import { Words } from "./words.tsx";

type Payout = ResponseOf<Routes["getPayout"]>;

const columns: readonly Column<Payout>[] = [
  {
    label: "State",
    kind: "wide",
    cell: ({ state, why, changed_at }) => (
      <>
        <Status word={state} /> <Since at={changed_at} />
        <span className="why">
          <Words text={why} />
        </span>
      </>
    ),
  },
  {
    label: "Transaction",
    cell: ({ txid, explorer_url }) =>
      txid === null ? (
        <span className="note">not signed yet</span>
      ) : (
        <Identifier id={txid} what="transaction id" {...webLink(explorer_url)} />
      ),
  },
  {
    label: "Proof",
    kind: "number",
    cell: ({ sealed, payout_id }) => <SealedLink sealed={sealed} name={nameOfPayout(payout_id)} />,
  },
  { label: "Net USDT", kind: "number", cell: ({ net_usdt }) => <Money usdt={net_usdt} /> },
];

const fee: Column<Payout> = {
  label: "Fee USDT",
  kind: "number",
  cell: ({ fee_usdt }) => <Money usdt={fee_usdt} />,
};

type Props = { readonly payouts: readonly Payout[]; readonly ofOneOwner?: boolean };

export const PayoutsTable = ({ payouts, ofOneOwner = false }: Props) => (
  <Table
    caption="Payouts, newest first"
    columns={ofOneOwner ? [...columns, fee] : [ownerColumn, ...columns]}
    rows={payouts}
    rowKey={({ payout_id }) => payout_id}
  />
);
