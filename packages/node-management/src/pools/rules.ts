import type { ErrorCode } from "@lucid/api";
import { sha256, utf8 } from "@lucid/protocol";
import type { PoolRefusal } from "./contract.ts";
import { isVacant, type PoolDocument, type SeatDocument } from "./documents.ts";

/** A pool with less of its members online is degraded, in basis points. */
export const degradedBelowBp = 8000;

export const refuse = (
  code: ErrorCode,
  detail: string,
  extensions?: PoolRefusal["extensions"],
): PoolRefusal => ({ outcome: "refused", code, detail, ...(extensions && { extensions }) });

/** The vacant seats of a pool in the order in which a node tries them: from a place of its own, so that many do not race for one. */
export const vacantSeats = (
  { max_nodes }: Pick<PoolDocument, "max_nodes">,
  seats: readonly SeatDocument[],
  nodeId: string,
): number[] => {
  const kept = new Set(seats.filter((seat) => !isVacant(seat)).map(({ seat }) => seat));
  const vacant = Array.from({ length: max_nodes }, (_, seat) => seat).filter(
    (seat) => !kept.has(seat),
  );
  const [high = 0, low = 0] = sha256(utf8(nodeId));
  const first = (256 * high + low) % Math.max(1, vacant.length);
  return [...vacant.slice(first), ...vacant.slice(0, first)];
};

/** Share of the members that are online, in basis points; null for a pool without members. */
export const onlineBp = (members: number, online: number): number | null =>
  members === 0 ? null : Math.floor((10_000 * online) / members);

export type PoolStatus = "active" | "degraded" | "draining" | "disbanded";

export const statusOfPool = (
  { state }: Pick<PoolDocument, "state">,
  online: number | null,
): PoolStatus =>
  state === "active" && online !== null && online < degradedBelowBp ? "degraded" : state;

/** Of a member whose score nobody knows yet: it counts as much as one member can. */
const fullScore = 10_000;

/**
 * How full a pool is, in basis points of its seats: `least_loaded` counts members, `weighted` their scores, so that a
 * pool of weak members has more room than one of as many strong ones.
 * @param scores of each member, in basis points; null where unknown
 */
export const loadBp = (
  { placement, max_nodes }: Pick<PoolDocument, "placement" | "max_nodes">,
  scores: readonly (number | null)[],
): number => {
  const weights = scores.map((score) =>
    placement === "weighted" ? (score ?? fullScore) : fullScore,
  );
  return Math.floor(weights.reduce((sum, weight) => sum + weight, 0) / max_nodes);
};
