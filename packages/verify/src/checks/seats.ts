import { createSeating } from "@lucid/protocol";
import type { BlockNetwork, PoolSeat } from "@lucid/protocol";
import type { Placed, TimedBlock } from "./block.ts";
import type { Members, SealedSeat } from "./members.ts";
import { problem } from "./problem.ts";
import type { Verdict } from "./problem.ts";

type Deps = { readonly network: BlockNetwork; readonly members: Pick<Members, "byId"> };

/** Seats of pools: numbered, taken by enrolled nodes, each node on one at most. */
export const createSeats = ({ network: { genesis }, members }: Deps) => {
  const seating = createSeating(genesis);

  return ({ data, at }: Placed<"seat">, { slot }: TimedBlock): Verdict => {
    const nodeId = data.node_id ?? seating.nodeOn(data.pool_id, data.seat);
    const member = nodeId === undefined ? undefined : members.byId(nodeId);
    if (data.node_id !== undefined && member === undefined)
      return problem("seat.unknown_node", `${nodeId} takes a seat, but never enrolled.`, at);
    const found = seating.apply(data);
    if (found !== null) return problem(`seat.${found.code}`, `${found.detail}.`, at);
    const { pool_id, consent } = data;
    member?.seats.push({
      fromSlot: slot + 1,
      seat: consent === undefined ? null : { pool_id, consent },
    });
    return null;
  };
};

/** The seat that a node has in a slot, by those it took and left, in order. */
export const seatIn = (seats: readonly SealedSeat[], slot: number): PoolSeat | null =>
  seats.findLast(({ fromSlot }) => fromSlot <= slot)?.seat ?? null;
