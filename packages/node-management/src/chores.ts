import type { Chores } from "@lucid/platform/chores";
import type { Clock } from "@lucid/platform/clock";
import type { Metrics } from "@lucid/platform/metrics";
import { createSettlementChore } from "./epochs/index.ts";
import { createFiguresChore, createSlotChore } from "./network/index.ts";
import { createPayoutsChore } from "./payouts/index.ts";
import type { Services } from "./services.ts";
import type { Network } from "./shared/network.ts";

export type ChoresDeps = {
  readonly chores: Pick<Chores, "define">;
  readonly network: Network;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly services: Services;
};

/** All background work; hearing keeps its own, tighter beat. */
export const defineChores = ({ chores, network, clock, metrics, services }: ChoresDeps): void => {
  const { events, epochs, payouts, pace, nodeCounts, beacons } = services;
  chores.define(createSlotChore({ network, clock, events }));
  chores.define(createSettlementChore({ epochs, network }));
  if (payouts.state().state !== "not_configured")
    chores.define(createPayoutsChore({ payouts, followMs: pace.followMs }));
  chores.define(
    createFiguresChore({
      metrics,
      network,
      clock,
      nodeCounts,
      verdicts: beacons.verdicts,
      isHearing: () => beacons.hearing.state().hearing,
    }),
  );
};
