import type { FigureName, Figures, RollUp } from "./documents.ts";

export const figureNames = ["cpu_bp", "memory_bp", "disk_bp", "network_bps"] as const;

/** What samples come to, figure by figure; a figure that none of them has is absent. */
export const rollUp = (samples: readonly Figures[]): RollUp =>
  samples.reduce<RollUp>((sums, sample) => mergeRollUps(sums, toRollUp(sample)), {});

/** What two sets of samples come to together. */
export const mergeRollUps = (a: RollUp, b: RollUp): RollUp =>
  forFigures((name) => {
    const [one, other] = [a[name], b[name]];
    if (one === undefined || other === undefined) return one ?? other;
    return {
      count: one.count + other.count,
      sum: one.sum + other.sum,
      min: Math.min(one.min, other.min),
      max: Math.max(one.max, other.max),
    };
  });

const toRollUp = (sample: Figures): RollUp =>
  forFigures((name) => {
    const value = sample[name];
    return value === undefined ? undefined : { count: 1, sum: value, min: value, max: value };
  });

const forFigures = (make: (name: FigureName) => RollUp[FigureName]): RollUp =>
  Object.fromEntries(
    figureNames.map((name) => [name, make(name)]).filter(([, sum]) => sum !== undefined),
  ) as RollUp;
