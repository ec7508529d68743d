import type { ChoreDefinition } from "@lucid/platform/chores";
import type { Clock } from "@lucid/platform/clock";
import type { Metrics } from "@lucid/platform/metrics";
import { type BeaconVerdict, epochOf, slotAt } from "@lucid/protocol";
import type { Network } from "../shared/network.ts";
import type { NodeCounts } from "./counts.ts";

export type FiguresDeps = {
  readonly metrics: Metrics;
  readonly network: Network;
  readonly clock: Clock;
  readonly nodeCounts: () => NodeCounts;
  readonly verdicts: Readonly<Record<BeaconVerdict, number>>;
  readonly isHearing: () => boolean;
};

const periodMs = 5000;

/** Brings figures that are kept in plain counters into the metrics, so that no request pays for labels. */
export const createFiguresChore = (deps: FiguresDeps): ChoreDefinition => {
  const { metrics, network, clock, nodeCounts, verdicts, isHearing } = deps;
  const beacons = metrics.counter("lucid_beacons_total", "Beacons by verdict", ["verdict"]);
  const nodes = metrics.gauge("lucid_nodes", "Nodes by status", ["status"]);
  const slot = metrics.gauge("lucid_slot", "The slot that is open");
  const epoch = metrics.gauge("lucid_epoch", "The epoch that is open");
  const hearing = metrics.gauge("lucid_hearing", "1 while beacons are heard, 0 while deaf");
  const counted = new Map<string, number>();

  const update = (): void => {
    for (const [verdict, count] of Object.entries(verdicts)) {
      beacons.inc({ verdict }, count - (counted.get(verdict) ?? 0));
      counted.set(verdict, count);
    }
    const { total: _, ...byStatus } = nodeCounts();
    for (const [status, count] of Object.entries(byStatus)) nodes.set({ status }, count);
    const open = slotAt(network.genesis, clock.now());
    slot.set(open);
    epoch.set(epochOf(network.genesis, open));
    hearing.set(isHearing() ? 1 : 0);
  };

  update();
  return { name: "figures", timeoutMs: periodMs, periodMs, run: async () => update() };
};
