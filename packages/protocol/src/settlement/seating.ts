import type { Genesis } from "../genesis.ts";
import type { Seat } from "../records/types.ts";
import type { PoolSeat } from "./pools.ts";

/** What keeps a `seat` record from standing after those before it. */
export type SeatProblem = { code: "number" | "taken" | "vacant"; detail: string };

/** A node's seat, and how it agreed to be paid there. */
export type TakenSeat = PoolSeat & { seat: number };

/** Who sits where by the log so far. */
export type Seating = {
  /** Takes the next `seat` record in the order of the log. One that cannot stand changes nothing and is told. */
  apply(record: Seat): SeatProblem | null;
  seatOf(nodeId: string): TakenSeat | undefined;
  nodeOn(poolId: string, seat: number): string | undefined;
  /** Every node that sits, with its seat. */
  members(): ReadonlyMap<string, TakenSeat>;
};

/**
 * Seats of pools as the log tells them ("Records" of the protocol): numbered from 0 to below `pool_max_nodes`, one node
 * on each, each node on one at most. A node leaves by a record before its next seat is told; one that names the same
 * node on the same seat changes its consent.
 */
export function createSeating({ pool_max_nodes }: Pick<Genesis, "pool_max_nodes">): Seating {
  const nodes = new Map<string, string>();
  const seats = new Map<string, TakenSeat>();

  const leave = (name: string, sitting: string | undefined): SeatProblem | null => {
    if (sitting === undefined) return { code: "vacant", detail: `nobody sits on ${name}` };
    nodes.delete(name);
    seats.delete(sitting);
    return null;
  };

  return {
    apply({ pool_id, seat, node_id: nodeId, consent }) {
      const name = nameOf(pool_id, seat);
      if (seat >= pool_max_nodes)
        return { code: "number", detail: `${pool_id} has no seat ${seat}` };
      const sitting = nodes.get(name);
      if (nodeId === undefined || consent === undefined) return leave(name, sitting);
      if (sitting !== undefined && sitting !== nodeId)
        return { code: "taken", detail: `${nodeId} takes ${name}, where ${sitting} sits` };
      const other = seats.get(nodeId);
      if (other !== undefined && sitting === undefined)
        return {
          code: "taken",
          detail: `${nodeId} takes ${name} while it sits on ${nameOf(other.pool_id, other.seat)}`,
        };
      nodes.set(name, nodeId);
      seats.set(nodeId, { pool_id, seat, consent });
      return null;
    },
    seatOf: (nodeId) => seats.get(nodeId),
    nodeOn: (poolId, seat) => nodes.get(nameOf(poolId, seat)),
    members: () => seats,
  };
}

function nameOf(poolId: string, seat: number): string {
  return `seat ${seat} of ${poolId}`;
}
