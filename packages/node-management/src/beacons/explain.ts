import { type BeaconVerdict, MAX_UNSIGNED_GAP } from "@lucid/protocol";

const sentences: Record<
  Exclude<BeaconVerdict, "accepted" | "duplicate" | "early" | "late">,
  string
> = {
  stale: "/slot: a beacon of a later slot was accepted, and this slot is closed",
  no_commitment: "/node_id: this node has no commitment for the slot's epoch; commit first",
  wrong_reveal:
    "/reveal is not on the chain that this node committed to for the slot's epoch, or is another slot's",
  gap_unsigned: `/signature: more than ${MAX_UNSIGNED_GAP} slots since the last accepted beacon need the node's signature over node_id, slot and reveal; it is missing or wrong`,
  unknown_node: "/node_id: no node has this id; enrol it first",
  not_active: "/node_id: this node is not active in this slot; GET its status for the reason",
  limited: "too many checks failed here just now; open a new connection",
};

/** One sentence for whoever sent a beacon that was not accepted. */
export const explainVerdict = (
  verdict: Exclude<BeaconVerdict, "accepted" | "duplicate">,
  window: string,
): string => (verdict === "early" || verdict === "late" ? `/slot: ${window}` : sentences[verdict]);
