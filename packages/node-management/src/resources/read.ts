import type { Point } from "./contract.ts";
import type { ResourceHourDocument, ResourceHours, RollUp, SampleFigures } from "./documents.ts";
import { hourMs, hourOf } from "./keep.ts";
import { mergeRollUps, rollUp } from "./roll-up.ts";

const readHours = (
  hours: ResourceHours,
  nodeId: string,
  fromHour: number,
): Promise<ResourceHourDocument[]> =>
  hours.find({ where: { node_id: nodeId, hour: { gte: fromHour } }, sort: [["hour", "asc"]] });

/** A node's samples from an hour on, by their moment. */
export const readSamples = async (
  hours: ResourceHours,
  nodeId: string,
  fromHour: number,
): Promise<SampleFigures[]> =>
  (await readHours(hours, nodeId, fromHour)).flatMap(({ samples }) => samples);

/** What a node's samples from a moment on come to, step by step; steps without samples are left out. */
export const readPoints = async (
  hours: ResourceHours,
  nodeId: string,
  { fromMs, stepMs }: { readonly fromMs: number; readonly stepMs: number },
): Promise<Point[]> => {
  const points = new Map<number, RollUp>();
  const add = (atMs: number, sums: RollUp): void => {
    const step = Math.floor(atMs / stepMs) * stepMs;
    points.set(step, mergeRollUps(points.get(step) ?? {}, sums));
  };
  for (const { hour, samples, roll_up } of await readHours(hours, nodeId, hourOf(fromMs))) {
    if (roll_up !== undefined && hour * hourMs >= fromMs) add(hour * hourMs, roll_up);
    for (const sample of samples) if (sample.at >= fromMs) add(sample.at, rollUp([sample]));
  }
  return [...points]
    .map(([from, sums]) => ({ fromMs: from, rollUp: sums }))
    .toSorted((a, b) => a.fromMs - b.fromMs);
};
