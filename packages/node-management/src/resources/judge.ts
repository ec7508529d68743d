import type { Alert, Metric, ResourceWatchDocument, SampleFigures } from "./documents.ts";
import { figureOf, metrics, watchFigure } from "./watch.ts";

type Judged = Pick<ResourceWatchDocument, "watches" | "alerts" | "judged_to">;

/** More than these are not kept; the oldest go first. */
const mostAlerts = 100;

/** What samples, in the order of their moments, make of a node's watches and alerts. */
export const judgeSamples = (
  before: ResourceWatchDocument,
  samples: readonly SampleFigures[],
): Judged => {
  let judged: Judged = before;
  for (const sample of samples)
    for (const metric of metrics) judged = judgeOne(judged, before.thresholds, metric, sample);
  const judged_to = Math.max(before.judged_to, ...samples.map(({ at }) => at));
  return { watches: judged.watches, alerts: judged.alerts.slice(0, mostAlerts), judged_to };
};

const judgeOne = (
  { watches, alerts, judged_to }: Judged,
  thresholds: ResourceWatchDocument["thresholds"],
  metric: Metric,
  sample: SampleFigures,
): Judged => {
  const value = sample[figureOf[metric]];
  if (value === undefined) return { watches, alerts, judged_to };
  const threshold = thresholds[figureOf[metric]];
  const { at } = sample;
  const { watch, news } = watchFigure(
    watches[metric],
    { at, value },
    { threshold, forMs: thresholds.for_seconds * 1000 },
  );
  const raised: Alert[] =
    news === "raised" ? [{ metric, threshold, peak: value, raised_at: at }] : [];
  const follow = (alert: Alert): Alert => {
    if (alert.metric !== metric || alert.resolved_at !== undefined) return alert;
    const followed = { ...alert, peak: Math.max(alert.peak, value) };
    return news === "resolved" ? { ...followed, resolved_at: at } : followed;
  };
  return {
    watches: { ...watches, [metric]: watch },
    alerts: [...raised, ...alerts.map(follow)],
    judged_to,
  };
};
