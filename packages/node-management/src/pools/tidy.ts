import type { Registry } from "../registry/index.ts";
import { scanById } from "../shared/scan.ts";
import type { Pools } from "./contract.ts";
import { isVacant, movingNode, type SeatCollection } from "./documents.ts";
import type { Moves } from "./moves.ts";
import type { Seats } from "./seats.ts";

export type TidyDeps = {
  readonly collection: SeatCollection;
  readonly seats: Seats;
  readonly moves: Moves;
  readonly registry: Pick<Registry, "latestChange">;
  readonly pools: Pools["pools"];
  readonly disband: Pools["disband"];
};

/** What crashes and decisions elsewhere leave behind: half moves, pools that were to end, seats of retired nodes. */
export const createTidy =
  ({ collection, seats, moves, registry, pools, disband }: TidyDeps): Pools["tidy"] =>
  async (signal) => {
    const stateOf = new Map((await pools()).map(({ id, state }) => [id, state]));
    const isRetired = (nodeId: string) => registry.latestChange(nodeId)?.standing === "retired";

    await scanById(collection, async (seat) => {
      signal.throwIfAborted();
      const moving = movingNode(seat);
      if (moving !== null) await moves.finish(moving);
      else if (isVacant(seat)) return;
      // Whoever took a seat of a pool that was disbanded meanwhile, and died before it looked again, has left.
      else if (isRetired(seat.node_id) || stateOf.get(seat.pool_id) === "disbanded")
        await seats.vacate(seat);
    });
    for (const pool of await pools()) {
      signal.throwIfAborted();
      if (pool.is_ending && pool.state !== "disbanded") await disband(pool.id);
    }
  };
