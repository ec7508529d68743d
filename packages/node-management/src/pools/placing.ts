import type { JoinRequest, SeatVerdict } from "./contract.ts";
import { isVacant, type PoolDocument } from "./documents.ts";
import { loadBp, refuse } from "./rules.ts";
import type { Seats } from "./seats.ts";

export type PlacingDeps = {
  readonly pools: () => Promise<PoolDocument[]>;
  readonly seats: Seats;
  readonly join: (poolId: string, request: JoinRequest) => Promise<SeatVerdict>;
  /** Scores of nodes in their last settled epoch, in basis points; null where unknown. */
  readonly scoresOf: (nodeIds: readonly string[]) => Promise<(number | null)[]>;
};

/** Finds a place for a node that names no pool: the pool with the least load, among equals the first by id. */
export const createPlacing = ({ pools, seats, join, scoresOf }: PlacingDeps) => {
  /** null for a pool without a vacant seat. */
  const loadOf = async (pool: PoolDocument): Promise<{ poolId: string; load: number } | null> => {
    const held = (await seats.ofPool(pool.id)).filter((seat) => !isVacant(seat));
    if (held.length >= pool.max_nodes) return null;
    const isWeighted = pool.placement === "weighted";
    const scores = isWeighted
      ? await scoresOf(held.map(({ node_id }) => node_id))
      : held.map(() => null);
    return { poolId: pool.id, load: loadBp(pool, scores) };
  };

  return async (request: Omit<JoinRequest, "from">): Promise<SeatVerdict> => {
    const { nodeId, consent } = request;
    const sits = await seats.of(nodeId);
    if (sits !== null) return join(sits.pool_id, request);
    const fitting = (await pools()).filter(
      ({ state, reward_method }) => state === "active" && reward_method === consent,
    );
    const loads = await Promise.all(fitting.map(loadOf));
    const byLoad = loads
      .filter((load) => load !== null)
      .toSorted((a, b) => a.load - b.load || (a.poolId < b.poolId ? -1 : 1));
    for (const { poolId } of byLoad) {
      const verdict = await join(poolId, request);
      const isElsewhere =
        verdict.outcome === "refused" && ["pools.full", "pools.draining"].includes(verdict.code);
      if (!isElsewhere) return verdict;
    }
    return refuse(
      "pools.none",
      fitting.length === 0
        ? `No pool that takes nodes pays by ${consent}: agree to the other way, or ask for a pool.`
        : `Every pool that pays by ${consent} is full: ask for another pool, or come back later.`,
    );
  };
};
