import { compareAndSet } from "../shared/compare-and-set.ts";
import { Fault } from "../shared/fault.ts";
import { insertOrFind } from "../shared/written.ts";
import {
  hourId,
  type ResourceHourDocument,
  type ResourceHours,
  type SampleFigures,
} from "./documents.ts";

export const hourMs = 3_600_000;
export const hourOf = (ms: number): number => Math.floor(ms / hourMs);

const attempts = 10;

/** Adds samples to the documents of their hours; one whose moment is there already is left out. Tells how many are new. */
export const keepSamples = async (
  hours: ResourceHours,
  nodeId: string,
  samples: readonly SampleFigures[],
): Promise<number> => {
  let kept = 0;
  for (const [hour, ofHour] of Map.groupBy(samples, ({ at }) => hourOf(at)))
    kept += await keepInHour(hours, { nodeId, hour }, ofHour);
  return kept;
};

const keepInHour = async (
  hours: ResourceHours,
  { nodeId, hour }: { nodeId: string; hour: number },
  samples: readonly SampleFigures[],
): Promise<number> => {
  const empty: ResourceHourDocument = {
    id: hourId(nodeId, hour),
    node_id: nodeId,
    hour,
    samples: [],
    is_rolled_up: false,
    revision: 0,
  };
  let stored = (await hours.get(empty.id)) ?? (await insertOrFind(hours, empty)).stored;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const added = fresh(stored, samples);
    if (added.length === 0) return 0;
    const patch = {
      samples: [...stored.samples, ...added].toSorted((a, b) => a.at - b.at),
      revision: stored.revision + 1,
    };
    const written = await compareAndSet(hours, stored.id, patch, { revision: stored.revision });
    if (written.done) return added.length;
    if (written.stored === null) return 0;
    ({ stored } = written as { stored: ResourceHourDocument });
  }
  throw new Fault("resources.contention", `others kept writing samples of ${nodeId}`);
};

/** Each moment once; nothing goes into an hour that is rolled up, or full. */
const fresh = (
  { samples: known, is_rolled_up }: ResourceHourDocument,
  samples: readonly SampleFigures[],
): SampleFigures[] => {
  if (is_rolled_up) return [];
  const byMoment = new Map(samples.map((sample) => [sample.at, sample]));
  for (const { at } of known) byMoment.delete(at);
  return [...byMoment.values()].slice(0, Math.max(0, mostPerHour - known.length));
};

/** Twice as many as an honest node sends. */
const mostPerHour = 240;
