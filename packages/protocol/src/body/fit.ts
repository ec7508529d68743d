import { framedLength } from "./codec.ts";
import type { RecordType } from "../records/index.ts";
import type { Leaf } from "./leaf.ts";
import type { Body, BodyLeaf } from "./order.ts";

/** What a block seals, and what waits for the next ones: the header's `backlog` is how many leaves wait. */
export type FittedBody = { sealed: Body; deferred: Body };

/**
 * Leaves out what a body has no room for, from the end of body order, until its framed bytes are at most `maxBytes`
 * (max_body_bytes). Only records that `mayWait` are left out, so what others fill may be longer.
 */
export function fitBody(body: Body, maxBytes: number): FittedBody {
  let length = body.reduce((sum, { bytes }) => sum + framedLength(bytes), 0);
  const deferred = new Set<BodyLeaf>();
  for (const leaf of body.toReversed()) {
    if (length <= maxBytes) break;
    if (!isDeferrable(leaf.leaf)) continue;
    deferred.add(leaf);
    length -= framedLength(leaf.bytes);
  }
  return {
    sealed: body.filter((leaf) => !deferred.has(leaf)),
    deferred: body.filter((leaf) => deferred.has(leaf)),
  };
}

/**
 * Whether records of a type may be left for later blocks. Commitments and enrolments may not: beacons rest on them and
 * stand in their slot's block. Nor may a policy, whose notice ends with the epoch.
 * A leader signature is refused as a leaf so far; when it comes, it does not wait either.
 */
export function mayWait(type: RecordType): boolean {
  return type !== "commitment" && type !== "enrolment" && type !== "policy";
}

function isDeferrable(leaf: Leaf): boolean {
  return leaf.kind === "record" && mayWait(leaf.record);
}
