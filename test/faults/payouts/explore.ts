import {
  CHAIN_HARMS,
  type Harm,
  OPERATION_HARMS,
  OTHER_HARMS,
  PEOPLE_HARMS,
  SIGNER_HARMS,
  TOKEN_HARMS,
} from "./harms.ts";
import type { Plot, Schedule, Step } from "./schedule.ts";

/** What an undisturbed payer does: how many operations, and which of them are writes. */
export type Course = { readonly operations: number; readonly writes: readonly number[] };

export type Exploration = {
  readonly singles: readonly Schedule[];
  readonly pairs: readonly Schedule[];
};

/** The state of chain and token changes slowly: at so many operations apart it is looked at what they do. */
const STRIDE = 5;
/** When fewer are wanted than there are singles, this part of them is pairs. */
const PAIRS_PART = 0.4;

/** Every single fault once, then pairs drawn by the seed until there are as many as wanted. */
export const exploreSchedules = (
  course: Course,
  { plot, schedules, seed }: { plot: Plot; schedules: number; seed: number },
): Exploration => {
  const all = listSingles(course);
  const most = Math.max(Math.ceil(schedules * (1 - PAIRS_PART)), schedules - all.length * 10);
  const singles = spread(all, Math.min(all.length, most));
  const draw = createDraw(seed);
  const pairs = Array.from({ length: schedules - singles.length }, () => drawPair(all, draw));
  return {
    singles: singles.map((step) => ({ plot, steps: [step] })),
    pairs: pairs.map((steps) => ({ plot, steps })),
  };
};

const listSingles = (course: Course): Step[] => [
  ...each(course, 1, OPERATION_HARMS),
  ...each(course, STRIDE, [
    ...(Object.keys(CHAIN_HARMS) as Harm[]),
    ...TOKEN_HARMS,
    ...SIGNER_HARMS,
    ...PEOPLE_HARMS,
    ...OTHER_HARMS.filter((harm) => harm !== "restored"),
  ]),
  ...listRestores(course),
];

const each = ({ operations }: Course, stride: number, harms: readonly Harm[]): Step[] =>
  harms.flatMap((harm, offset) =>
    range(1 + (offset % stride), operations, stride).map((at) => ({ at, harm })),
  );

/** Dead at each write and a little later, and back to before each earlier one. */
const listRestores = ({ operations, writes }: Course): Step[] =>
  writes.flatMap((write, done) =>
    [write, Math.min(write + 3, operations)].flatMap((at) =>
      range(0, done, 1).map((arg) => ({ at, harm: "restored" as const, arg })),
    ),
  );

/** Two steps, the earlier first; both may be the same operation. */
const drawPair = (steps: readonly Step[], draw: (below: number) => number): Step[] => {
  const pick = () => steps[draw(steps.length)] as Step;
  return [pick(), pick()].toSorted((a, b) => a.at - b.at);
};

const spread = (steps: readonly Step[], count: number): Step[] =>
  Array.from({ length: count }, (_, i) => steps[Math.floor((i * steps.length) / count)] as Step);

const range = (from: number, to: number, stride: number): number[] =>
  Array.from(
    { length: Math.max(0, Math.floor((to - from) / stride) + 1) },
    (_, i) => from + i * stride,
  );

/** A small generator with a seed (mulberry32, public domain). */
const createDraw = (seed: number) => {
  let state = seed >>> 0;
  return (below: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
};
