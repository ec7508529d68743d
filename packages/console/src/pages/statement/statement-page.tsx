import { useSearch } from "wouter";
import { useOperation } from "../../api/service.ts";
import { shortId } from "../../format/ids.ts";
import type { Statement } from "../../model/statement.ts";
import { epochsOf, type Epochs } from "../../model/statement-epochs.ts";
import { Page } from "../../page.tsx";
import { Moment } from "../../parts/age.tsx";
import { Facts } from "../../parts/facts.tsx";
import { Identifier } from "../../parts/identifier.tsx";
import { Money } from "../../parts/money.tsx";
import { Panel } from "../../parts/panel.tsx";
import { StatementTotals } from "./statement-totals.tsx";
import { OwnerLink } from "../../parts/who.tsx";
import { UnknownSubject } from "../unknown-subject.tsx";
import { EpochsForm } from "./epochs-form.tsx";
import { EntriesTable } from "./entries-table.tsx";
import { NodesTable } from "./nodes-table.tsx";
import { PaidTable } from "./paid-table.tsx";

/** An owner's statement over epochs, to be printed or kept: every figure from the answer that JSON and CSV come from. */
export const StatementPage = ({ id }: { id: string }) => {
  const epochs = epochsOf(useSearch());
  const statement = useOperation("getStatement", { params: { owner_id: id }, query: epochs });
  return (
    <div className="statement">
      <Page title={`Statement of ${shortId(id)}`} heading="Statement">
        <EpochsForm ownerId={id} epochs={epochs} />
        <UnknownSubject error={statement.error} what="owner">
          <Panel title={titleOf(epochs)} query={statement}>
            {(value) => <Content statement={value} />}
          </Panel>
        </UnknownSubject>
      </Page>
    </div>
  );
};

const titleOf = ({ epoch, to_epoch }: Epochs): string => {
  if (epoch === undefined) return "From the first entry to the last";
  return to_epoch === undefined || to_epoch === epoch
    ? `Epoch ${epoch}`
    : `Epochs ${epoch} to ${to_epoch}`;
};

const Content = ({ statement }: { statement: Statement }) => (
  <>
    <Facts facts={factsOf(statement)} />
    <StatementTotals statement={statement} />
    {statement.holds.map(({ hold_id, words }) => (
      <p key={hold_id} className="lead">
        Payouts {words}
      </p>
    ))}
    <NodesTable statement={statement} />
    <PaidTable statement={statement} />
    <EntriesTable statement={statement} />
  </>
);

const factsOf = (statement: Statement) => [
  {
    name: "Owner",
    value: <OwnerLink id={statement.owner_id} whole />,
  },
  { name: "Pays to", value: <Identifier id={statement.address} what="address" whole /> },
  { name: "Network", value: <Identifier id={statement.network_id} what="network id" whole /> },
  {
    name: "From",
    value: statement.from === null ? "the first entry" : <Moment at={statement.from} />,
  },
  { name: "To", value: <Moment at={statement.to} /> },
  { name: "Paid", value: <Money usdt={statement.paid_usdt} unit /> },
  { name: "In flight", value: <Money usdt={statement.in_flight_usdt} unit /> },
  { name: "Held", value: <Money usdt={statement.held_usdt} unit /> },
  { name: "Fees", value: <Money usdt={statement.fees_usdt} unit /> },
  { name: "Network cost", value: `${statement.network_cost_trx} TRX, paid by the network` },
  { name: "As of", value: <Moment at={statement.as_of} /> },
];
