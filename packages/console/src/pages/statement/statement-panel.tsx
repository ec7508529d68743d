import { useState } from "react";
import { Link } from "wouter";
import { useOperation } from "../../api/service.ts";
import { rangeNames, rangeQuery, type RangeName } from "../../model/statement-range.ts";
import { Choice } from "../../parts/choice.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Panel } from "../../parts/panel.tsx";
import { StatementTotals } from "./statement-totals.tsx";
import { StatementTable } from "./statement-table.tsx";

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
      actions={
        <>
          <Link href={`/owners/${ownerId}/statement`}>to print or keep</Link>
          <Choice
            label="Time of the statement"
            choices={rangeNames}
            value={range}
            onChange={setRange}
          />
        </>
      }
    >
      {(value) => (
        <>
          <StatementTotals statement={value} />
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
