import { HARMS, type Harm } from "./harms.ts";

/** What would happen if nothing went wrong: `paid` within the caps, or `decided` by people about each payout. */
export const PLOTS = ["paid", "decided"] as const;
export type Plot = (typeof PLOTS)[number];

/** One thing that goes wrong: at the `at`-th write, chain call or signature of the payer, counted over its restarts from 1. */
export type Step = { readonly at: number; readonly harm: Harm; readonly arg?: number };

/** Its id says everything: `paid/12:dies_after+30:restored=4`. */
export type Schedule = { readonly plot: Plot; readonly steps: readonly Step[] };

export const scheduleToId = ({ plot, steps }: Schedule): string =>
  `${plot}/${steps.length === 0 ? "none" : steps.map(stepToText).join("+")}`;

const stepToText = ({ at, harm, arg }: Step): string =>
  `${at}:${harm}${arg === undefined ? "" : `=${arg}`}`;

/** Null for a text that is no id. */
export const parseSchedule = (id: string): Schedule | null => {
  const [, name, text = ""] = /^([a-z]+)\/(.+)$/.exec(id) ?? [];
  const plot = PLOTS.find((known) => known === name);
  if (plot === undefined) return null;
  const steps = text === "none" ? [] : text.split("+").map(parseStep);
  return steps.every((step) => step !== null) ? { plot, steps } : null;
};

const parseStep = (text: string): Step | null => {
  const [, at, name, arg] = /^([1-9][0-9]*):([a-z_]+)(?:=([0-9]+))?$/.exec(text) ?? [];
  const harm = HARMS.find((known) => known === name);
  if (at === undefined || harm === undefined) return null;
  return { at: Number(at), harm, ...(arg !== undefined && { arg: Number(arg) }) };
};
