import type { Documents } from "@lucid/platform/documents";
import { base32, type Bitmap, createBitmap, setBit, slotIndex } from "@lucid/protocol";
import type { Network } from "../shared/network.ts";
import { segmentCollection } from "../beacons/documents.ts";
import { bodyBytes, eachEntry } from "../beacons/entry.ts";
import { eachSegment } from "../beacons/evidence.ts";

/** Accepted beacons of an epoch by node id, as the segments have them before anything is sealed. */
export const acceptedIn = async (
  {
    documents,
    network: { genesis },
  }: { documents: Pick<Documents, "collection">; network: Network },
  epoch: number,
): Promise<Map<string, Bitmap>> => {
  const accepted = new Map<string, Bitmap>();
  await eachSegment(
    documents.collection(segmentCollection),
    genesis,
    epoch,
    ({ slot, entries }) => {
      eachEntry(entries, (offset) => {
        const nodeId = `node_${base32(entries.subarray(offset, offset + bodyBytes))}`;
        const bitmap = accepted.get(nodeId) ?? createBitmap(genesis.slots_per_epoch);
        setBit(bitmap, slotIndex(genesis, slot));
        accepted.set(nodeId, bitmap);
      });
    },
  );
  return accepted;
};
