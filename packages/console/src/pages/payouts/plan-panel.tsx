import type { ResponseOf, Routes } from "@lucid/api";
import { useOperation } from "../../api/service.ts";
import { plural } from "../../format/numbers.ts";
import { Empty } from "../../parts/empty.tsx";
import { Facts } from "../../parts/facts.tsx";
import { Money } from "../../parts/money.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Table, type Column } from "../../parts/table.tsx";
import { Unknown } from "../../parts/unknown.tsx";
import { ownerColumn } from "../../parts/who.tsx";
import { Words } from "../../parts/words.tsx";

type Plan = ResponseOf<Routes["getPayoutPlan"]>;
type Planned = Plan["payouts"][number];

const columns: readonly Column<Planned>[] = [
  ownerColumn,
  {
    label: "Waits for",
    kind: "wide",
    cell: ({ waits }) => <Words text={waits ?? "the next run"} />,
  },
  { label: "Net USDT", kind: "number", cell: ({ net_usdt }) => <Money usdt={net_usdt} /> },
];

/** What is decided or due and not signed, what each waits for, and what the next run costs. */
export const PlanPanel = () => (
  <Panel title="Next run" query={useOperation("getPayoutPlan", {})}>
    {({ payouts, going, cost }) => (
      <>
        {payouts.length === 0 ? (
          <Empty title="Nobody is due.">The next run has nothing to pay.</Empty>
        ) : (
          <Table
            caption="Payouts that are decided or due"
            columns={columns}
            rows={payouts.slice(0, SHOWN)}
            rowKey={({ payout_id, owner_id }) => payout_id ?? owner_id}
          />
        )}
        <Facts
          facts={[
            {
              name: "The next run pays",
              value: (
                <span>
                  <Money usdt={going.net_usdt} unit /> in {plural(going.payouts, "payout")}
                </span>
              ),
            },
            {
              name: "The chain takes",
              value: <Trx amount={cost.run_trx} unknown={cost.unknown} />,
            },
            {
              name: "For a payout it takes",
              value: <Trx amount={cost.burned_trx_per_payout} unknown={cost.unknown} />,
            },
          ]}
        />
      </>
    )}
  </Panel>
);

/** More than these nobody reads here. */
const SHOWN = 8;

const Trx = ({ amount, unknown }: { amount: string | null; unknown: readonly string[] }) =>
  amount === null ? <Unknown why={unknown.join("; ")} /> : `${amount} TRX`;
