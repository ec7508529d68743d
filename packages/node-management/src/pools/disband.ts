import type { PoolVerdict } from "./contract.ts";
import type { PoolDirectory } from "./directory.ts";
import { isVacant } from "./documents.ts";
import type { Seats } from "./seats.ts";

export type DisbandDeps = { readonly directory: PoolDirectory; readonly seats: Seats };

/**
 * Drains a pool, vacates its seats and disbands it; every step may be repeated. The pool is set first and its seats
 * are looked at then: a node that took one in between looks at the pool again and withdraws.
 */
export const createDisband = ({ directory, seats }: DisbandDeps) => {
  const vacateAll = async (poolId: string): Promise<void> => {
    for (;;) {
      const held = (await seats.ofPool(poolId)).filter((seat) => !isVacant(seat));
      if (held.length === 0) return;
      await Promise.all(held.map((seat) => seats.vacate(seat)));
    }
  };

  return async (poolId: string): Promise<PoolVerdict> => {
    const known = await directory.pool(poolId);
    if (known?.state === "disbanded") return { outcome: "found", pool: known };
    const drained = await directory.update(poolId, () => ({ state: "draining", is_ending: true }));
    if (drained.outcome === "refused") return drained;
    await vacateAll(poolId);
    return directory.update(poolId, () => ({ state: "disbanded" }));
  };
};
