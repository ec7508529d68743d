import type { Clock } from "@lucid/platform/clock";
import type { Documents } from "@lucid/platform/documents";
import type { Policies } from "../policy/index.ts";
import { compareAndSet } from "../shared/compare-and-set.ts";
import { Fault } from "../shared/fault.ts";
import type { Network } from "../shared/network.ts";
import { findPage } from "../shared/page.ts";
import { insertOrFind } from "../shared/written.ts";
import { createClear } from "./clear.ts";
import type { Resources, Sample } from "./contract.ts";
import {
  isActive,
  resourceHourCollection,
  resourceWatchCollection,
  type ResourceWatchDocument,
} from "./documents.ts";
import { sampleToFigures } from "./figures.ts";
import { type AlertNews, judgeSamples } from "./judge.ts";
import { hourOf, keepSamples } from "./keep.ts";
import { createNews, type NewsDeps } from "./news.ts";
import { readPoints, readSamples } from "./read.ts";
import { quiet, usualThresholds } from "./watch.ts";

export type ResourcesDeps = NewsDeps & {
  readonly documents: Pick<Documents, "collection">;
  readonly network: Network;
  readonly clock: Pick<Clock, "now">;
  readonly policies: Pick<Policies, "forEpoch">;
};

/** Samples may come a day late, after an outage, and a minute early, from a clock that is off. */
const lateMs = 86_400_000;
const earlyMs = 60_000;
const attempts = 10;

export const createResources = (deps: ResourcesDeps): Resources => {
  const { documents, clock } = deps;
  const hours = documents.collection(resourceHourCollection);
  const watches = documents.collection(resourceWatchCollection);
  const tell = createNews(deps);

  const watchOf = async (nodeId: string): Promise<ResourceWatchDocument> =>
    (await watches.get(nodeId)) ?? { ...unwatched, id: nodeId };

  /** Changes a node's one document of watches; `change` is asked anew when somebody was faster. */
  const changeWatch = async (
    nodeId: string,
    change: (watch: ResourceWatchDocument) => Promise<Partial<ResourceWatchDocument>>,
  ): Promise<ResourceWatchDocument> => {
    let { stored } = await insertOrFind(watches, await watchOf(nodeId));
    for (let attempt = 0; attempt < attempts; attempt++) {
      const { id: _id, ...changed } = await change(stored);
      const patch = { ...changed, revision: stored.revision + 1 };
      const written = await compareAndSet(watches, nodeId, patch, { revision: stored.revision });
      if (written.done) return written.document;
      stored = written.stored ?? stored;
    }
    throw new Fault("resources.contention", `others kept watching ${nodeId}`);
  };

  /** From the store, not from what has just come: after a crash the next sample catches up. */
  const judge = async (nodeId: string, latest: Sample): Promise<void> => {
    let news: readonly AlertNews[] = [];
    await changeWatch(nodeId, async (watch) => {
      const from = Math.max(watch.judged_to, clock.now() - lateMs);
      const samples = (await readSamples(hours, nodeId, hourOf(from))).filter(
        ({ at }) => at > watch.judged_to,
      );
      const isNewest = Date.parse(latest.at) >= watch.judged_to;
      const { news: found, ...judged } = judgeSamples(watch, samples);
      news = found;
      return { ...judged, ...(isNewest && { latest: JSON.stringify(latest) }) };
    });
    tell(nodeId, news);
  };

  return {
    store: async (nodeId, samples) => {
      const nowMs = clock.now();
      const usable = samples.filter(({ at }) => {
        const atMs = Date.parse(at);
        return atMs > nowMs - lateMs && atMs <= nowMs + earlyMs;
      });
      const stored = await keepSamples(hours, nodeId, usable.map(sampleToFigures));
      const newest = usable.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)).at(-1);
      if (newest !== undefined && stored > 0) await judge(nodeId, newest);
      return { stored, ignored: samples.length - stored };
    },
    series: async (nodeId, rangeMs, stepMs) => {
      const toMs = clock.now();
      const fromMs = Math.floor((toMs - rangeMs) / stepMs) * stepMs;
      const points = await readPoints(hours, nodeId, { fromMs, stepMs });
      const { latest } = await watchOf(nodeId);
      const sample = latest === undefined ? null : (JSON.parse(latest) as Sample);
      return { fromMs, toMs, points, latest: sample };
    },
    thresholds: async (nodeId) => (await watchOf(nodeId)).thresholds,
    setThresholds: async (nodeId, wanted) =>
      (await changeWatch(nodeId, async () => ({ thresholds: { ...usualThresholds, ...wanted } })))
        .thresholds,
    alerts: async (nodeId) => (await watchOf(nodeId)).alerts,
    activeAlerts: async (request) => {
      const where = { is_alerting: true, judged_to: { gt: clock.now() - lateMs } };
      const query = { where, sort: [["judged_to", "desc"]] } as const;
      const { items, ...page } = await findPage(watches, query, request);
      const toAlerts = ({ id, alerts }: ResourceWatchDocument) => ({
        nodeId: id,
        alerts: alerts.filter(isActive),
      });
      return { ...page, items: items.map(toAlerts) };
    },
    clear: createClear({ ...deps, hours }),
  };
};

const unwatched: Omit<ResourceWatchDocument, "id"> = {
  thresholds: usualThresholds,
  judged_to: 0,
  watches: { cpu: quiet, memory: quiet, disk: quiet, network: quiet },
  alerts: [],
  revision: 0,
};
