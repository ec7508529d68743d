import { webLink } from "../../format/links.ts";
import { inOrder, type Statement, type StatementLine } from "../../model/statement.ts";
import { Moment } from "../../parts/age.tsx";
import { Identifier } from "../../parts/identifier.tsx";
import { Money } from "../../parts/money.tsx";
import { Table, type Column } from "../../parts/table.tsx";

type Paid = { readonly at: string; readonly payout: NonNullable<StatementLine["payout"]> };

const columns: readonly Column<Paid>[] = [
  { label: "Decided", cell: ({ at }) => <Moment at={at} /> },
  {
    label: "Transaction",
    kind: "wide",
    cell: ({ payout: { state, txid, block, explorer_url } }) => (
      <>
        {txid === null ? (
          "not signed yet"
        ) : (
          <Identifier id={txid} what="transaction id" {...webLink(explorer_url)} whole />
        )}
        <span className="why">
          {state}
          {block !== null && `, TRON block ${block}`}
        </span>
      </>
    ),
  },
  { label: "Net USDT", kind: "number", cell: ({ payout }) => <Money usdt={payout.net_usdt} /> },
  { label: "Fee USDT", kind: "number", cell: ({ payout }) => <Money usdt={payout.fee_usdt} /> },
  {
    label: "Cost TRX",
    kind: "number",
    cell: ({ payout: { network_cost_trx } }) => network_cost_trx ?? "not known yet",
  },
];

/** Every payout of the time, with what stands on the chain. */
export const PaidTable = ({ statement }: { statement: Statement }) => {
  const rows = inOrder(statement.lines).flatMap(({ at, kind, payout }) =>
    kind === "payout" && payout !== null ? [{ at, payout }] : [],
  );
  return (
    <>
      <h3>Payouts</h3>
      {rows.length === 0 ? (
        <p className="note">No payout was decided in this time.</p>
      ) : (
        <Table
          caption="Payouts, oldest first"
          columns={columns}
          rows={rows}
          rowKey={({ payout }) => payout.payout_id}
        />
      )}
    </>
  );
};
