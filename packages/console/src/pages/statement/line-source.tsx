import { Link } from "wouter";
import { formatBasisPoints, formatCount } from "../../format/numbers.ts";
import type { StatementLine } from "../../model/statement.ts";
import { Since } from "../../parts/age.tsx";
import { Facts, type Fact } from "../../parts/facts.tsx";
import { Identifier } from "../../parts/identifier.tsx";
import { Money } from "../../parts/money.tsx";
import { NodeLink } from "../../parts/who.tsx";

/** One line's reason in a sentence, and everything it rests on. */
export const LineSource = ({ line }: { line: StatementLine }) => (
  <details className="source">
    <summary>{line.because}</summary>
    <Facts facts={[...rewardFacts(line), ...payoutFacts(line), ...ledgerFacts(line)]} />
  </details>
);

const rewardFacts = ({ reward }: StatementLine): Fact[] =>
  reward === null
    ? []
    : [
        {
          name: "Node",
          value: <NodeLink id={reward.node_id} />,
        },
        { name: "Epoch", value: <Link href={`/epochs/${reward.epoch}`}>{reward.epoch}</Link> },
        { name: "Heard", value: `${reward.present} of ${reward.eligible} slots` },
        { name: "Credits", value: `${formatCount(reward.credits)} millicredits` },
        { name: "Score", value: formatBasisPoints(reward.score) },
        { name: "Budget", value: <Money usdt={reward.budget_usdt} unit /> },
        {
          name: "Results root",
          value: <Identifier id={reward.results_root} what="results root" />,
        },
      ];

const payoutFacts = ({ payout }: StatementLine): Fact[] =>
  payout === null
    ? []
    : [
        { name: "Payout", value: <Identifier id={payout.payout_id} what="payout id" /> },
        { name: "State", value: payout.state },
        { name: "Net", value: <Money usdt={payout.net_usdt} unit /> },
        { name: "Fee", value: <Money usdt={payout.fee_usdt} unit /> },
        { name: "Paid to", value: <Identifier id={payout.recipient} what="address" /> },
        {
          name: "Transaction",
          value:
            payout.txid === null ? (
              "not signed yet"
            ) : (
              <Identifier id={payout.txid} what="transaction id" />
            ),
        },
        { name: "Block", value: payout.block ?? "not in a block yet" },
        {
          name: "Confirmed",
          value: payout.confirmed_at === null ? "not yet" : <Since at={payout.confirmed_at} />,
        },
      ];

const ledgerFacts = ({ ledger, policy, at }: StatementLine): Fact[] => [
  { name: "Ledger line", value: `seq ${ledger.seq}` },
  { name: "Key", value: <Identifier id={ledger.key} what="ledger key" /> },
  { name: "Hash", value: <Identifier id={ledger.hash} what="entry hash" /> },
  { name: "Policy", value: `version ${policy}` },
  { name: "Entered", value: <Since at={at} /> },
];
