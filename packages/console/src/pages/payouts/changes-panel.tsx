import type { UseQueryResult } from "@tanstack/react-query";
import type { Reading } from "../../api/reading.ts";
import { nameOfPayout } from "../../format/leaf-links.ts";
import { closedInWords, decidedInWords, type Payout } from "../../model/payout.ts";
import { Moment } from "../../parts/age.tsx";
import { Identifier } from "../../parts/identifier.tsx";
import { Panel } from "../../parts/panel.tsx";
import { SealedLink } from "../../parts/sealed-link.tsx";
import { Status } from "../../parts/status.tsx";
import { Table, type Column } from "../../parts/table.tsx";
import { Words } from "../../parts/words.tsx";

const changes = (payoutId: string): readonly Column<Payout["changes"][number]>[] => [
  { label: "When", cell: ({ at }) => <Moment at={at} /> },
  { label: "State", kind: "wide", cell: ({ state }) => <Status word={state} /> },
  { label: "Attempt", kind: "number", cell: ({ attempt }) => attempt },
  {
    label: "Proof",
    kind: "number",
    cell: ({ sealed }) => <SealedLink sealed={sealed} name={nameOfPayout(payoutId)} />,
  },
];

type Decision = Payout["decisions"][number];

const Decided = ({ decision }: { decision: Decision }) => (
  <>
    {decidedInWords(decision)}{" "}
    {decision.txid !== null && <Identifier id={decision.txid} what="transaction id" />}
  </>
);

const decisions: readonly Column<Decision>[] = [
  { label: "When", cell: ({ at }) => <Moment at={at} /> },
  { label: "By", cell: ({ by }) => <Words text={by} /> },
  { label: "What", kind: "wide", cell: (decision) => <Decided decision={decision} /> },
  { label: "Reason", kind: "wide", cell: ({ reason }) => reason },
  { label: "Attempt", kind: "number", cell: ({ attempt }) => attempt },
];

/** Every state that a payout came to, and what people decided about it. */
export const ChangesPanel = ({ payout }: { payout: UseQueryResult<Reading<Payout>> }) => (
  <Panel title="How it came here" query={payout}>
    {(value) => (
      <>
        <Table
          caption="States of this payout, oldest first"
          columns={changes(value.payout_id)}
          rows={value.changes}
          rowKey={({ state, attempt, at }) => `${state} ${attempt} ${at}`}
        />
        {value.decisions.length > 0 && (
          <>
            <h3>What people decided</h3>
            <Table
              caption="Decisions about this payout, oldest first"
              columns={decisions}
              rows={value.decisions}
              rowKey={({ act, by, at }) => `${act} ${by} ${at}`}
            />
          </>
        )}
        <Closed payout={value} />
      </>
    )}
  </Panel>
);

const Closed = ({ payout }: { payout: Payout }) => {
  const words = closedInWords(payout);
  return words === null ? null : (
    <p className="lead">
      <Words text={words} />
    </p>
  );
};
