import type { UseQueryResult } from "@tanstack/react-query";
import { Link } from "wouter";
import { useOperation } from "../../api/service.ts";
import { type Known, mattersOf, type Unread, unknownInWords } from "../../model/attention.ts";
import { mayCall } from "../../model/may-call.ts";
import { toneMarks } from "../../model/tone.ts";
import { Panel } from "../../parts/panel.tsx";
import { NodeLink } from "../../parts/who.tsx";

const SHOWN = { limit: 5 };

/** What needs somebody, with the way there; alerts and commands for those who look after nodes. */
export const AttentionPanel = () => {
  const session = useOperation("getSession", {});
  const principal = session.data?.value.session?.principal;
  const network = useOperation("getNetwork", {});
  const paying = (network.data?.value.payouts.state ?? "not_configured") !== "not_configured";
  const statistics = useOperation("getPayoutStatistics", {});
  const solvency = useOperation("getSolvency", {}, { enabled: paying });
  const holds = useOperation("listHolds", { query: { state: "active", limit: 1 } });
  const alerts = useOperation(
    "listActiveAlerts",
    { query: SHOWN },
    { enabled: mayCall(principal, "listActiveAlerts") },
  );
  const commands = useOperation(
    "listOpenCommands",
    { query: SHOWN },
    { enabled: mayCall(principal, "listOpenCommands") },
  );
  const unread = unreadOf([
    ["who is signed in", session],
    ["the states of payouts", statistics],
    ["the treasury", solvency],
    ["holds", holds],
    ["alerts", alerts],
    ["open commands", commands],
  ]);
  return (
    <Panel
      title="Needs attention"
      query={network}
      others={[statistics, solvency, holds, alerts, commands]}
    >
      {(value) => (
        <Matters
          known={{
            network: value,
            statistics: statistics.data?.value,
            solvency: solvency.data?.value,
            held: holds.data?.value.pagination.total,
            alerts: alerts.data?.value,
            commands: commands.data?.value,
            unread,
          }}
        />
      )}
    </Panel>
  );
};

type Asked = readonly (readonly [what: string, query: UseQueryResult])[];

const unreadOf = (asked: Asked): Unread[] =>
  asked
    .filter(([, { isEnabled, data }]) => isEnabled && data === undefined)
    .map(([what, { error }]) => ({ what, why: error?.message ?? "reading…" }));

const Matters = ({ known }: { known: Known }) => {
  const matters = mattersOf(known);
  const unknown = unknownInWords(known);
  if (matters.length === 0 && unknown === null) return <Nothing />;
  return (
    <ul className="matters">
      {matters.map((matter) => (
        <li key={`${matter.href} ${matter.words}`}>
          <span className={`status ${matter.tone}`} aria-hidden="true">
            {toneMarks[matter.tone]}
          </span>
          {matter.nodeId !== undefined && <NodeLink id={matter.nodeId} />}
          <Link href={matter.href}>{matter.words}</Link>
        </li>
      ))}
      {unknown !== null && <li className="unknown">{unknown}</li>}
    </ul>
  );
};

const Nothing = () => (
  <p className="lead">
    <span className="status good">
      <span aria-hidden="true">{toneMarks.good}</span> Nothing
    </span>
  </p>
);
