import { useState } from "react";
import { useOperation } from "../../api/service.ts";
import { checkStatement, type Statement } from "../../model/statement.ts";
import { Empty } from "../../parts/empty.tsx";
import { Money } from "../../parts/money.tsx";
import { Panel } from "../../parts/panel.tsx";
import { StatementTable } from "./statement-table.tsx";
import { StatementRange, rangeQuery, type RangeName } from "./statement-range.tsx";

/** Every line of an owner's account, and where it comes from. */
export const StatementPanel = ({ ownerId }: { ownerId: string }) => {
  const [range, setRange] = useState<RangeName>("month");
  const nowMs = useServerDay();
  const statement = useOperation(
    "getStatement",
    { params: { owner_id: ownerId }, query: nowMs === null ? {} : rangeQuery(range, nowMs) },
    { enabled: nowMs !== null },
  );
  return (
    <Panel
      title="Statement"
      query={statement}
      actions={<StatementRange value={range} onChange={setRange} />}
    >
      {(value) => (
        <>
          <Totals statement={value} />
          {value.lines.length === 0 ? (
            <Empty title="No lines in this time.">
              Rewards are entered when an epoch is settled.
            </Empty>
          ) : (
            <StatementTable key={range} statement={value} />
          )}
        </>
      )}
    </Panel>
  );
};

/** A moment of today by the service's clock; null before its first answer. */
const useServerDay = (): number | null => {
  const network = useOperation("getNetwork", {}).data?.value;
  return network === undefined ? null : Date.parse(network.server_time);
};

const Totals = ({ statement }: { statement: Statement }) => {
  const check = checkStatement(statement);
  return (
    <>
      <dl className="sum">
        <Term name="Opening" usdt={statement.opening_usdt} />
        <Term name="Earned" usdt={statement.earned_usdt} signed />
        <Term name="Payouts" usdt={statement.payouts_usdt} signed />
        <Term name="Other" usdt={statement.other_usdt} signed />
        <Term name="Closing" usdt={statement.closing_usdt} />
      </dl>
      <p className={check.holds && statement.adds_up ? "note" : "problem"}>
        {check.holds
          ? "The lines add up, recomputed in this browser"
          : `Does not add up: ${check.reason}`}
        {statement.adds_up
          ? "; the service checked the hash chain."
          : "; the service found a break in it."}
      </p>
    </>
  );
};

type TermProps = { readonly name: string; readonly usdt: string; readonly signed?: boolean };

const Term = ({ name, usdt, signed = false }: TermProps) => (
  <div>
    <dt>{name}</dt>
    <dd>
      <Money usdt={usdt} signed={signed} />
    </dd>
  </div>
);
