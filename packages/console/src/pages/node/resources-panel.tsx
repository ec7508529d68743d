import { useState } from "react";
import { useOperation } from "../../api/service.ts";
import { formatMoment } from "../../format/time.ts";
import {
  type Alert,
  figures,
  formatFigure,
  latestOf,
  type Resources,
  type Thresholds,
  topOf,
  valuesOf,
  whyUnknown,
} from "../../model/resources.ts";
import { Choice } from "../../parts/choice.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Sparkline } from "../../parts/sparkline.tsx";
import { Unknown } from "../../parts/unknown.tsx";

const ranges = [
  ["1h", "last hour"],
  ["6h", "last 6 hours"],
  ["24h", "last 24 hours"],
  ["7d", "last 7 days"],
] as const;
type Range = (typeof ranges)[number][0];

/** How the node's machine does, by its own word, for those whom it concerns. */
export const ResourcesPanel = ({ nodeId }: { nodeId: string }) => {
  const [range, setRange] = useState<Range>("1h");
  const params = { node_id: nodeId };
  const resources = useOperation("getResources", { params, query: { range } }, { paged: true });
  const thresholds = useOperation("getThresholds", { params });
  const alerts = useOperation("listAlerts", { params });
  return (
    <Panel
      title="The machine"
      query={resources}
      others={[thresholds, alerts]}
      actions={<Choice label="Show the" choices={ranges} value={range} onChange={setRange} />}
    >
      {(read) => (
        <>
          <p className="note">
            By the node&apos;s own word: it never pays, and never counts against it.
          </p>
          {read.points.length === 0 ? (
            <Empty title="The node has said nothing in this time." />
          ) : (
            <Figures resources={read} thresholds={thresholds.data?.value} />
          )}
          <Alerts alerts={alerts.data?.value.items ?? []} />
        </>
      )}
    </Panel>
  );
};

const Figures = ({
  resources,
  thresholds,
}: {
  resources: Resources;
  thresholds: Thresholds | undefined;
}) => (
  <dl className="figures">
    {figures.map(({ name, metric, title }) => {
      const values = valuesOf(resources, name);
      const latest = latestOf(resources, name);
      return (
        <div key={name}>
          <dt>{title}</dt>
          <dd>
            {latest === null ? (
              <Unknown why={whyUnknown(resources, metric) ?? "the node does not say"} />
            ) : (
              formatFigure(name, latest)
            )}
            <Sparkline
              title={`${title} over ${resources.range}`}
              values={values}
              most={topOf(name, values)}
              mark={name === "network_bps" ? undefined : thresholds?.[name]}
            />
          </dd>
        </div>
      );
    })}
  </dl>
);

const Alerts = ({ alerts }: { alerts: readonly Alert[] }) => (
  <ul className="changes">
    {alerts.slice(0, 5).map((alert) => (
      <li
        key={`${alert.metric} ${alert.raised_at}`}
        className={alert.resolved_at === null ? "problem" : undefined}
      >
        {describe(alert)}
      </li>
    ))}
  </ul>
);

const describe = ({ metric, threshold, peak, raised_at, resolved_at }: Alert): string => {
  const { name, title } = figures.find((one) => one.metric === metric) ?? figures[0];
  const until =
    resolved_at === null ? "and is still" : `until ${formatMoment(Date.parse(resolved_at))}`;
  return `▲ ${title}: at or above ${formatFigure(name, threshold)} since ${formatMoment(Date.parse(raised_at))}, ${until}; the most was ${formatFigure(name, peak)}.`;
};
