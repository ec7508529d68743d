import type { Collection } from "@lucid/platform/documents";
import { concat } from "@lucid/protocol";
import { changeAll } from "../shared/change-all.ts";
import { insertOrFind } from "../shared/written.ts";
import { SEALED, type SegmentDocument, segmentId } from "./documents.ts";

/**
 * Puts a sealed slot's beacons into one segment: nodes spread over a slot leave as many segments as there are nodes,
 * and all of two days are read at a start. May be broken off anywhere: a beacon that is there twice counts once,
 * and a slot that was not packed is read in its parts.
 */
export const packSegments = async (
  collection: Collection<SegmentDocument>,
  segments: readonly SegmentDocument[],
): Promise<void> => {
  const [first] = segments;
  if (first === undefined || segments.length === 1) return;
  const { slot } = first;
  await insertOrFind(collection, {
    id: segmentId(slot, SEALED, 0),
    slot,
    replica: SEALED,
    seq: 0,
    entries: concat(...segments.map(({ entries }) => entries)),
    at: segments.reduce((latest, { at }) => Math.max(latest, at), 0),
  });
  const replaced = segments.filter(({ replica }) => replica !== SEALED);
  await changeAll(
    replaced.map(({ id }) => id),
    (id) => collection.remove(id),
  );
};
