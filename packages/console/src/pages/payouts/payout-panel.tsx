import type { UseQueryResult } from "@tanstack/react-query";
import { decidePayout } from "../../api/payout-decisions.ts";
import type { Reading } from "../../api/reading.ts";
import { useSession } from "../../api/session.ts";
import { nameOfPayout } from "../../format/leaf-links.ts";
import { mayCall } from "../../model/may-call.ts";
import { type Decision, decisionsOf, type Payout } from "../../model/payout.ts";
import { Moment, Since } from "../../parts/age.tsx";
import { Facts, type Fact } from "../../parts/facts.tsx";
import { Identifier } from "../../parts/identifier.tsx";
import { Money } from "../../parts/money.tsx";
import { Panel } from "../../parts/panel.tsx";
import { ReasonForm } from "../../parts/reason-form.tsx";
import { SealedLink } from "../../parts/sealed-link.tsx";
import { Status } from "../../parts/status.tsx";
import { Transaction } from "../../parts/transaction.tsx";
import { OwnerLink } from "../../parts/who.tsx";
import { Words } from "../../parts/words.tsx";

/** Where a payout is, what it waits for; and what can be decided, for those who may. */
export const PayoutPanel = ({ payout }: { payout: UseQueryResult<Reading<Payout>> }) => (
  <Panel title="Now" query={payout}>
    {(value) => (
      <>
        <p className="lead">
          <Status word={value.state} /> <Since at={value.changed_at} />
        </p>
        <p className="lead">
          <Words text={value.why} />
        </p>
        <Decide payout={value} />
        <Facts facts={factsOf(value)} />
      </>
    )}
  </Panel>
);

const factsOf = (payout: Payout): Fact[] => [
  { name: "Owner", value: <OwnerLink id={payout.owner_id} /> },
  { name: "Pays to", value: <Identifier id={payout.recipient} what="address" whole /> },
  { name: "Net", value: <Money usdt={payout.net_usdt} unit /> },
  { name: "Fee", value: <Money usdt={payout.fee_usdt} unit /> },
  { name: "Gross", value: <Money usdt={payout.gross_usdt} unit /> },
  { name: "Decided", value: <Moment at={payout.created_at} /> },
  { name: "Transaction", value: <Attempt payout={payout} /> },
  ...(payout.block === null ? [] : [{ name: "TRON block", value: payout.block }]),
  {
    name: "Proof",
    value: <SealedLink sealed={payout.sealed} name={nameOfPayout(payout.payout_id)} />,
  },
];

const Attempt = ({ payout }: { payout: Payout }) => (
  <>
    <Transaction payout={payout} whole />
    {payout.txid !== null && <span className="note"> attempt {payout.attempt}</span>}
  </>
);

const Decide = ({ payout }: { payout: Payout }) => {
  const session = useSession();
  const decisions = decisionsOf(payout);
  if (session === null || decisions.length === 0) return null;
  if (!mayCall(session.principal, "approvePayout")) return null;
  const words: Record<Decision, string> = {
    approve: `Approve ${payout.net_usdt} USDT`,
    cancel: "Cancel, give it back to the balance",
    retry: "Pay the owner again",
  };
  return (
    <ReasonForm
      acts={decisions.map((decision) => [decision, words[decision]] as const)}
      onAct={(decision, reason) => decidePayout(session, payout, decision, reason)}
    />
  );
};
