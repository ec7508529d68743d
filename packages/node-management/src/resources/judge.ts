import {
  type Alert,
  isActive,
  type Metric,
  type ResourceWatchDocument,
  type SampleFigures,
} from "./documents.ts";
import { figureOf, metrics, watchFigure } from "./watch.ts";

/** An alert that was raised, or resolved. */
export type AlertNews = { readonly metric: Metric; readonly state: "active" | "resolved" };

type Judged = Pick<ResourceWatchDocument, "watches" | "alerts"> & {
  readonly news: readonly AlertNews[];
};

/** More than these are kept only while they are active; the oldest go first. */
const mostAlerts = 100;

/** What samples, in the order of their moments, make of a node's watches and alerts. */
export const judgeSamples = (
  before: ResourceWatchDocument,
  samples: readonly SampleFigures[],
): Judged & Pick<ResourceWatchDocument, "judged_to" | "is_alerting"> => {
  let judged: Judged = { ...before, news: [] };
  for (const sample of samples)
    for (const metric of metrics) judged = judgeOne(judged, before.thresholds, metric, sample);
  const judged_to = Math.max(before.judged_to, ...samples.map(({ at }) => at));
  const { watches, news } = judged;
  const alerts = judged.alerts.filter((alert, at) => at < mostAlerts || isActive(alert));
  return { watches, alerts, is_alerting: alerts.some(isActive), news, judged_to };
};

const judgeOne = (
  judged: Judged,
  thresholds: ResourceWatchDocument["thresholds"],
  metric: Metric,
  sample: SampleFigures,
): Judged => {
  const value = sample[figureOf[metric]];
  if (value === undefined) return judged;
  const threshold = thresholds[figureOf[metric]];
  const { at } = sample;
  const { watch, news } = watchFigure(
    judged.watches[metric],
    { at, value },
    { threshold, forMs: thresholds.for_seconds * 1000 },
  );
  const raised: Alert[] =
    news === "raised" ? [{ metric, threshold, peak: value, raised_at: at }] : [];
  const follow = (alert: Alert): Alert => {
    if (alert.metric !== metric || !isActive(alert)) return alert;
    const followed = { ...alert, peak: Math.max(alert.peak, value) };
    return news === "resolved" ? { ...followed, resolved_at: at } : followed;
  };
  return {
    watches: { ...judged.watches, [metric]: watch },
    alerts: [...raised, ...judged.alerts.map(follow)],
    news: news === null ? judged.news : [...judged.news, { metric, state: stateAfter[news] }],
  };
};

const stateAfter = { raised: "active", resolved: "resolved" } as const;
