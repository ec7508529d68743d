import type { PoolDocument, SeatDocument } from "./documents.ts";
import type { Seats } from "./seats.ts";

export type MovesDeps = {
  readonly seats: Seats;
  readonly pool: (poolId: string) => Promise<PoolDocument | null>;
};

/**
 * Moves in steps that anyone may repeat: a seat is kept for the node, the pool is looked at again and the move decided,
 * the node's old seat is vacated, the kept one becomes its own. Until it is decided the node keeps its old seat; from
 * then on the new one is its own whatever happens to the pool.
 */
export type Moves = {
  /** Brings a node's move to its end, one way or the other, if there is one. */
  finish(nodeId: string): Promise<void>;
};

export const createMoves = ({ seats, pool }: MovesDeps): Moves => {
  const decide = async (kept: SeatDocument): Promise<void> => {
    const target = await pool(kept.pool_id);
    if (target?.state === "active") await seats.change(kept, { is_decided: true });
    else await seats.vacate(kept);
  };

  const carryOut = async (kept: SeatDocument, nodeId: string): Promise<void> => {
    const old = await seats.of(nodeId);
    if (old === null) await seats.change(kept, { node_id: nodeId });
    else await seats.vacate(old);
  };

  return {
    finish: async (nodeId) => {
      for (;;) {
        const kept = await seats.keptFor(nodeId);
        if (kept === null) return;
        await (kept.is_decided ? carryOut(kept, nodeId) : decide(kept));
      }
    },
  };
};
