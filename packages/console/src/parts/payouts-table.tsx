import { nameOfPayout } from "../format/leaf-links.ts";
import type { Payout } from "../model/payout.ts";
import { Since } from "./age.tsx";
import { Money } from "./money.tsx";
import { SealedLink } from "./sealed-link.tsx";
import { Status } from "./status.tsx";
import { Table, type Column } from "./table.tsx";
import { Transaction } from "./transaction.tsx";
import { ownerColumn, PayoutLink } from "./who.tsx";
import { Words } from "./words.tsx";

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

const transaction: Column<Payout> = {
  label: "Transaction",
  cell: (payout) => <Transaction payout={payout} />,
};

const proof: Column<Payout> = {
  label: "Proof",
  kind: "number",
  cell: ({ sealed, payout_id }) => <SealedLink sealed={sealed} name={nameOfPayout(payout_id)} />,
};

const fee: Column<Payout> = {
  label: "Fee USDT",
  kind: "number",
  cell: ({ fee_usdt }) => <Money usdt={fee_usdt} />,
};

const net: Column<Payout> = {
  label: "Net USDT",
  kind: "number",
  cell: ({ net_usdt }) => <Money usdt={net_usdt} />,
};

const columnsOf = {
  /** Of one owner, who wants to know everything. */
  owner: [payout, stateAndWhy, transaction, proof, fee, net],
  all: [payout, ownerColumn, stateAndWhy, transaction, net],
  /** Whose, in which state and how much, and nothing else. */
  brief: [payout, ownerColumn, state, net],
} satisfies Record<string, readonly Column<Payout>[]>;

type Props = { readonly payouts: readonly Payout[]; readonly of: keyof typeof columnsOf };

export const PayoutsTable = ({ payouts, of }: Props) => (
  <Table
    caption="Payouts, newest first"
    columns={columnsOf[of]}
    rows={payouts}
    rowKey={({ payout_id }) => payout_id}
  />
);
