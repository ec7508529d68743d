import type { Chores } from "@lucid/platform/chores";
import type { Clock } from "@lucid/platform/clock";
import type { Metrics } from "@lucid/platform/metrics";
import { createFiguresChore } from "./figures.ts";
import type { Services } from "./services.ts";

export type ChoresDeps = {
  readonly chores: Pick<Chores, "define">;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly services: Services;
};

const indexPeriodMs = 1000;
const indexTimeoutMs = 600_000;

/** All background work. */
export const defineChores = ({ chores, clock, metrics, services }: ChoresDeps): void => {
  const { store, index, diskWatch, upkeep } = services;
  chores.define(createFiguresChore({ metrics, store, network: store.network, clock }));
  chores.define(diskWatch.chore);
  for (const chore of upkeep.chores) chores.define(chore);
  chores.define({
    name: "header_index",
    periodMs: indexPeriodMs,
    timeoutMs: indexTimeoutMs,
    run: (signal) => index.catchUp(signal),
  });
};
