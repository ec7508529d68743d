import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Figures, Watch } from "./documents.ts";
import { figureNames, mergeRollUps, rollUp } from "./roll-up.ts";
import { clearBelow, quiet, watchFigure } from "./watch.ts";

const figure = fc.option(fc.integer({ min: 0, max: 10_000 }), { nil: undefined });
const sample: fc.Arbitrary<Figures> = fc
  .record({ cpu_bp: figure, memory_bp: figure, disk_bp: figure, network_bps: figure })
  .map(
    (fields) =>
      Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== undefined)) as Figures,
  );

describe("a roll-up", () => {
  it("equals what its samples come to, wherever they are cut", () => {
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 50 }), fc.nat({ max: 50 }), (samples, cut) => {
        const whole = rollUp(samples);
        for (const name of figureNames) {
          const values = samples.flatMap((one) => one[name] ?? []);
          const sums = {
            count: values.length,
            sum: values.reduce((a, b) => a + b, 0),
            min: Math.min(...values),
            max: Math.max(...values),
          };
          expect(whole[name]).toEqual(values.length === 0 ? undefined : sums);
        }
        expect(mergeRollUps(rollUp(samples.slice(0, cut)), rollUp(samples.slice(cut)))).toEqual(
          whole,
        );
      }),
    );
  });
});

const periodMs = 30_000;
const rule = { threshold: 8000, forMs: 300_000 };
const inBand = fc.integer({ min: clearBelow(rule.threshold), max: rule.threshold - 1 });

const play = (values: readonly number[], from: Watch = { ...quiet, heard: 0 }) => {
  let watch = from;
  const news: string[] = [];
  for (const [i, value] of values.entries()) {
    const watched = watchFigure(watch, { at: watch.heard + periodMs, value }, rule);
    ({ watch } = watched);
    if (watched.news !== null) news.push(`${watched.news} ${i}`);
  }
  return { watch, news };
};
const times = (count: number, value: number): number[] =>
  Array.from({ length: count }, () => value);

describe("an alert", () => {
  it("is raised after the figure stayed, and resolved after it stayed away", () => {
    expect(play(times(10, 9000)).news).toEqual([]);
    expect(play(times(11, 9000)).news).toEqual(["raised 10"]);
    expect(play([...times(11, 9000), ...times(11, 100)]).news).toEqual([
      "raised 10",
      "resolved 21",
    ]);
    expect(play([...times(10, 9000), 7999, ...times(10, 9000)]).news).toEqual([]);
  });

  it("never changes inside the band, from whatever state", () => {
    fc.assert(
      fc.property(
        fc.array(inBand, { minLength: 1, maxLength: 60 }),
        fc.boolean(),
        (values, isActive) => {
          const before = isActive ? play(times(11, 9000)).watch : quiet;
          const { watch, news } = play(values, before);
          expect(news).toEqual([]);
          expect(watch.phase).toBe(isActive ? "active" : "quiet");
        },
      ),
    );
  });

  it("is raised and resolved by turns, never sooner than the time that it takes", () => {
    const values = fc.array(fc.constantFrom(100, 7500, 9000), { maxLength: 200 });
    fc.assert(
      fc.property(values, (played) => {
        const { news } = play(played);
        const moments = news.map((line) => Number(line.split(" ")[1]));
        expect(news.map((line) => line.split(" ")[0])).toEqual(
          news.map((_, i) => (i % 2 === 0 ? "raised" : "resolved")),
        );
        for (const [i, at] of moments.entries())
          expect(at - (moments[i - 1] ?? -1)).toBeGreaterThanOrEqual(10);
      }),
    );
  });

  it("does not count time in which nothing was heard", () => {
    const { watch } = play(times(5, 9000));
    const later = { at: watch.heard + 3_600_000, value: 9000 };
    expect(watchFigure(watch, later, rule)).toMatchObject({
      news: null,
      watch: { phase: "rising", since: later.at },
    });
  });
});
