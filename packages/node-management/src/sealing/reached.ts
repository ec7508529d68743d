import type { Documents } from "@lucid/platform/documents";
import type { Reached } from "../shared/follow.ts";
import { progressCollection, slotCollection } from "./documents.ts";

/** How far sealing has come, from the store; read before anything is loaded that others may write meanwhile. */
export const readReached = async (documents: Pick<Documents, "collection">): Promise<Reached> => {
  // In this order: whatever is marked is sealed.
  const marked = await documents.collection(progressCollection).get("marked");
  const slots = documents.collection(slotCollection);
  const [last] = await slots.find({ sort: [["slot", "desc"]], limit: 1 });
  return { sealedSlot: last?.slot ?? -1, markedSlot: marked?.slot ?? -1 };
};
