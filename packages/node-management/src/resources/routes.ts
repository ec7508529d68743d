import { routes } from "@lucid/api";
import type { Http } from "@lucid/platform/http";
import type { Registry } from "../registry/index.ts";
import { createAboutNode } from "../shared/about-node.ts";
import { pageToView } from "../shared/page.ts";
import { toIso, toIsoOrNull } from "../shared/view.ts";
import type { Point, Resources } from "./contract.ts";
import {
  type Alert,
  type FigureName,
  isActive,
  type RollUp,
  type Thresholds,
} from "./documents.ts";
import { hourMs } from "./keep.ts";

export type ResourceRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly resources: Resources;
  readonly registry: Pick<Registry, "find">;
};

const minuteMs = 60_000;
const rangesMs = { "1h": hourMs, "6h": 6 * hourMs, "24h": 24 * hourMs, "7d": 168 * hourMs };
const stepsMs = { "1m": minuteMs, "5m": 5 * minuteMs, "15m": 15 * minuteMs, "1h": hourMs };
const usualSteps = { "1h": "1m", "6h": "5m", "24h": "15m", "7d": "1h" } as const;

export const registerResourceRoutes = ({ http, resources, registry }: ResourceRoutesDeps): void => {
  const about = createAboutNode(registry);

  http.route(routes.sendResources, ({ params: { node_id }, body }) =>
    about(node_id, () => resources.store(node_id, body.samples)),
  );

  http.route(routes.getResources, ({ params: { node_id }, query }) =>
    about(node_id, async () => {
      const { range = "1h" } = query;
      const { granularity = usualSteps[range] } = query;
      const series = await resources.series(node_id, rangesMs[range], stepsMs[granularity]);
      return {
        node_id,
        range,
        granularity,
        from: toIso(series.fromMs),
        to: toIso(series.toMs),
        latest: series.latest,
        points: series.points.map(pointToView),
      };
    }),
  );

  http.route(routes.getThresholds, ({ params: { node_id } }) =>
    about(node_id, async () => toThresholds(node_id, await resources.thresholds(node_id))),
  );

  http.route(routes.setThresholds, ({ params: { node_id }, body }) =>
    about(node_id, async () => toThresholds(node_id, await resources.setThresholds(node_id, body))),
  );

  http.route(routes.listAlerts, ({ params: { node_id } }) =>
    about(node_id, async () => ({
      node_id,
      items: (await resources.alerts(node_id)).map(alertToView),
    })),
  );

  http.route(routes.listActiveAlerts, async ({ query }) =>
    pageToView(await resources.activeAlerts(query), ({ nodeId, alerts }) => ({
      node_id: nodeId,
      alerts: alerts.map(alertToView),
    })),
  );
};

const toThresholds = (node_id: string, thresholds: Thresholds) => ({ node_id, ...thresholds });

const pointToView = ({ fromMs, rollUp }: Point) => ({
  from: toIso(fromMs),
  cpu_bp: figure(rollUp, "cpu_bp"),
  memory_bp: figure(rollUp, "memory_bp"),
  disk_bp: figure(rollUp, "disk_bp"),
  network_bps: figure(rollUp, "network_bps"),
});

const figure = (rollUp: RollUp, name: FigureName) => {
  const sums = rollUp[name];
  if (sums === undefined) return null;
  const { count, sum, min, max } = sums;
  return { mean: Math.floor(sum / count), min, max, samples: count };
};

const alertToView = (alert: Alert) => ({
  metric: alert.metric,
  state: isActive(alert) ? ("active" as const) : ("resolved" as const),
  threshold: alert.threshold,
  peak: alert.peak,
  raised_at: toIso(alert.raised_at),
  resolved_at: toIsoOrNull(alert.resolved_at ?? null),
});
