import type { BlockNetwork } from "@lucid/protocol";
import type { Placed } from "./block.ts";
import type { Members } from "./members.ts";
import { problem } from "./problem.ts";
import type { Verdict } from "./problem.ts";

type Deps = { readonly network: BlockNetwork; readonly members: Pick<Members, "byId"> };

/** Seats of pools: numbered, taken by enrolled nodes, each node on one at most. */
export const createSeats = ({ network: { genesis }, members }: Deps) => {
  const nodeOn = new Map<string, string>();
  const seatOf = new Map<string, string>();

  return ({ data, at }: Placed<"seat">): Verdict => {
    const { pool_id, seat, node_id: nodeId, consent } = data;
    const name = `${pool_id}#${seat}`;
    if (seat >= genesis.pool_max_nodes)
      return problem("seat.number", `Pool ${pool_id} has no seat ${seat}.`, at);
    const before = nodeOn.get(name);
    if (nodeId === undefined) {
      nodeOn.delete(name);
      if (before !== undefined) seatOf.delete(before);
      return null;
    }
    if (consent === "equal")
      return problem(
        "seat.consent",
        `${nodeId} agrees to an equal split, which no rule of this version of settlement carries out.`,
        at,
      );
    if (members.byId(nodeId) === undefined)
      return problem("seat.unknown_node", `${nodeId} takes a seat, but never enrolled.`, at);
    const other = seatOf.get(nodeId);
    if (other !== undefined && other !== name)
      return problem("seat.taken", `${nodeId} takes seat ${name} while it sits on ${other}.`, at);
    if (before !== undefined && before !== nodeId)
      return problem("seat.taken", `${nodeId} takes seat ${name}, where ${before} sits.`, at);
    nodeOn.set(name, nodeId);
    seatOf.set(nodeId, name);
    return null;
  };
};
