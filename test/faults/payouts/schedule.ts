import { HARMS, type Harm } from "./harms.ts";

/** One thing that goes wrong: at the `at`-th write or chain call of the payer, counted over its restarts from 1. */
export type Step = { readonly at: number; readonly harm: Harm; readonly arg?: number };

/** Its id says everything: `12:dies_after+30:restored=4`. */
export type Schedule = readonly Step[];

export const scheduleToId = (schedule: Schedule): string =>
  schedule.length === 0 ? "none" : schedule.map(stepToText).join("+");

const stepToText = ({ at, harm, arg }: Step): string =>
  `${at}:${harm}${arg === undefined ? "" : `=${arg}`}`;

/** Null for a text that is no id. */
export const parseSchedule = (id: string): Schedule | null => {
  if (id === "none") return [];
  const steps = id.split("+").map(parseStep);
  return steps.every((step) => step !== null) ? steps : null;
};

const parseStep = (text: string): Step | null => {
  const [, at, name, arg] = /^([1-9][0-9]*):([a-z_]+)(?:=([0-9]+))?$/.exec(text) ?? [];
  const harm = HARMS.find((known) => known === name);
  if (at === undefined || harm === undefined) return null;
  return { at: Number(at), harm, ...(arg !== undefined && { arg: Number(arg) }) };
};
