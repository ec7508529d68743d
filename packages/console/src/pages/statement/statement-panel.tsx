import { useState } from "react";
import { Link } from "wouter";
import { useOperation } from "../../api/service.ts";
import { rangeNames, rangeQuery, type RangeName } from "../../model/statement-range.ts";
import { Choice } from "../../parts/choice.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Panel } from "../../parts/panel.tsx";
import { StatementTotals } from "./statement-totals.tsx";
import { StatementTable } from "./statement-table.tsx";

/** Every line of an owner's account, and where it comes from; by the service's clock, so once that is known. */
export const StatementPanel = ({ ownerId }: { ownerId: string }) => {
  const network = useOperation("getNetwork", {});
  if (network.data === undefined)
    return (
      <Panel title="Statement" query={network}>
        {() => null}
      </Panel>
    );
  return <StatementUntil ownerId={ownerId} nowMs={Date.parse(network.data.value.server_time)} />;
};

const StatementUntil = ({ ownerId, nowMs }: { ownerId: string; nowMs: number }) => {
  const [range, setRange] = useState<RangeName>("month");
  const statement = useOperation("getStatement", {
    params: { owner_id: ownerId },
    query: rangeQuery(range, nowMs),
  });
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
