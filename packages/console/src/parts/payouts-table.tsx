import type { ResponseOf, Routes } from "@lucid/api";
import { nameOfPayout } from "../format/leaf-links.ts";
import { webLink } from "../format/links.ts";
import { Since } from "./age.tsx";
import { Identifier } from "./identifier.tsx";
import { Money } from "./money.tsx";
import { SealedLink } from "./sealed-link.tsx";
import { Status } from "./status.tsx";
import { Table, type Column } from "./table.tsx";
import { ownerColumn, PayoutLink } from "./who.tsx";
import { Words } from "./words.tsx";

type Payout = ResponseOf<Routes["getPayout"]>;

const payout: Column<Payout> = {
  label: "Payout",
  cell: ({ payout_id }) => <PayoutLink id={payout_id} />,
};

const State = ({ of: { state, changed_at } }: { of: Payout }) => (
  <>
    <Status word={state} /> <Since at={changed_at} />
  </>
);

const state: Column<Payout> = {
  label: "State",
  kind: "wide",
  cell: (payout) => <State of={payout} />,
};

const stateAndWhy: Column<Payout> = {
  ...state,
  cell: (payout) => (
    <>
      <State of={payout} />
      <span className="why">
        <Words text={payout.why} />
      </span>
    </>
  ),
};

const details: readonly Column<Payout>[] = [
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
  {
    label: "Fee USDT",
    kind: "number",
    cell: ({ fee_usdt }) => <Money usdt={fee_usdt} />,
  },
];

const net: Column<Payout> = {
  label: "Net USDT",
  kind: "number",
  cell: ({ net_usdt }) => <Money usdt={net_usdt} />,
};

type Props = {
  readonly payouts: readonly Payout[];
  readonly ofOneOwner?: boolean;
  /** Whose, in which state and how much, and nothing else. */
  readonly brief?: boolean;
};

export const PayoutsTable = ({ payouts, ofOneOwner = false, brief = false }: Props) => (
  <Table
    caption="Payouts, newest first"
    columns={[
      payout,
      ...(ofOneOwner ? [] : [ownerColumn]),
      ...(brief ? [state] : [stateAndWhy, ...details]),
      net,
    ]}
    rows={payouts}
    rowKey={({ payout_id }) => payout_id}
  />
);
