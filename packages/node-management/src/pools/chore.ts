import type { ChoreDefinition } from "@lucid/platform/chores";
import type { Metrics } from "@lucid/platform/metrics";
import type { Pools } from "./contract.ts";
import type { HealthOf } from "./health.ts";
import type { PoolStatus } from "./rules.ts";

const periodMs = 300_000;
const timeoutMs = 120_000;
/** So that replicas do not tidy in step. */
const jitterMs = 15_000;

/** Goes on with what crashes cut short, and brings pools into the metrics. */
export const createPoolsChore = ({
  pools,
  healthOf,
  metrics,
}: {
  readonly pools: Pick<Pools, "tidy" | "pools">;
  readonly healthOf: HealthOf;
  readonly metrics: Metrics;
}): ChoreDefinition => {
  const byStatus = metrics.gauge("lucid_pools", "Pools by status", ["status"]);
  const seats = metrics.gauge("lucid_pool_seats", "Seats of pools, taken and free", ["state"]);
  const online = metrics.gauge("lucid_pool_members_online", "Members of pools that are online");

  const measure = async (): Promise<void> => {
    const count: Record<PoolStatus, number> = { active: 0, degraded: 0, draining: 0, disbanded: 0 };
    let [taken, all, heard] = [0, 0, 0];
    for (const pool of await pools.pools()) {
      const health = await healthOf(pool);
      count[health.status] += 1;
      taken += health.members.length;
      heard += health.online;
      if (pool.state !== "disbanded") all += pool.max_nodes;
    }
    for (const [status, number] of Object.entries(count)) byStatus.set({ status }, number);
    seats.set({ state: "taken" }, taken);
    seats.set({ state: "free" }, all - taken);
    online.set(heard);
  };

  return {
    name: "pools",
    periodMs,
    timeoutMs,
    jitterMs,
    run: async (signal) => {
      await pools.tidy(signal);
      await measure();
    },
  };
};
