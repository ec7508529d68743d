import type { Collection, Sort } from "@lucid/platform/documents";
import type { Sealable } from "./sealed.ts";

/** How far the log's facts are settled: the latest sealed slot, and up to which all facts in blocks are marked so. */
export type Reached = { readonly sealedSlot: number; readonly markedSlot: number };

/** Before anything was sealed. */
export const nothingReached: Reached = { sealedSlot: -1, markedSlot: -1 };

/** Clocks of replicas may be so far apart; facts of one that is further off are found when they are sealed. */
const slackMs = 10_000;

/**
 * Calls `visit` with every document of evidence that others may have written or sealed since the last call, some of
 * them more than once. `reached` has to be read before the call.
 */
export type Follow<T> = (
  reached: Reached,
  visit: (document: T) => void | Promise<void>,
) => Promise<void>;

/**
 * Follows a collection that other replicas write to. What is new and not sealed is found by its moment (`madeAt`), for
 * speed; what was sealed by its slot, for certain: slots are sealed one after the other, and a document that was not
 * there when they were sealed up to a slot can only stand in the block of a later one.
 */
export const createFollow = <T extends Sealable>(
  collection: Collection<T>,
  madeAt: keyof T & string,
  from: Reached,
): Follow<T> => {
  let settled = from.markedSlot;
  let newestMs = 0;

  const find = (where: object, sort: string): Promise<T[]> =>
    collection.find({ where: where, sort: [[sort, "asc"]] as unknown as Sort<T> });

  return async (reached, visit) => {
    const fresh = await find({ sealed_slot: null, [madeAt]: { gte: newestMs - slackMs } }, madeAt);
    const sealed = await find({ sealed_slot: { gt: settled } }, "sealed_slot");
    for (const document of [...fresh, ...sealed]) {
      newestMs = Math.max(newestMs, Number(document[madeAt]));
      await visit(document);
    }
    settled = Math.max(settled, reached.markedSlot);
  };
};
