import { Link } from "wouter";
import { useOperation } from "../../api/service.ts";
import { useSession } from "../../api/session.ts";
import { type Matter, mattersOf } from "../../model/attention.ts";
import { mayCall } from "../../model/may-call.ts";
import { toneMarks } from "../../model/tone.ts";
import { Panel } from "../../parts/panel.tsx";
import { NodeLink } from "../../parts/who.tsx";

const SHOWN = { limit: 5 };

/** What needs somebody, with the way there; alerts and commands for those who look after nodes. */
export const AttentionPanel = () => {
  const principal = useSession()?.principal;
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
  return (
    <Panel
      title="Needs attention"
      query={network}
      others={[statistics, solvency, holds, alerts, commands]}
    >
      {(value) => (
        <Matters
          matters={mattersOf({
            network: value,
            statistics: statistics.data?.value,
            solvency: solvency.data?.value,
            held: holds.data?.value.pagination.total,
            alerts: alerts.data?.value,
            commands: commands.data?.value,
          })}
        />
      )}
    </Panel>
  );
};

const Matters = ({ matters }: { matters: readonly Matter[] }) =>
  matters.length === 0 ? (
    <p className="lead">
      <span className="status good">
        <span aria-hidden="true">{toneMarks.good}</span> Nothing
      </span>
    </p>
  ) : (
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
    </ul>
  );
