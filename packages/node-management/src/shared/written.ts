import type { Collection } from "@lucid/platform/documents";
import { Fault } from "./fault.ts";

/**
 * Inserts a document whose id says what it decides, and answers the one that stands under that id afterwards:
 * ours, or an earlier one. An answer that was lost is settled by reading. Throws `store.unknown` when it cannot be.
 */
export const insertOrFind = async <T extends { id: string }>(
  collection: Collection<T>,
  document: T,
): Promise<{ inserted: boolean; stored: T }> => {
  const written = await collection.insert(document);
  if (written.outcome === "done") return { inserted: true, stored: written.document };
  const stored = await collection.get(document.id);
  if (stored !== null) return { inserted: false, stored };
  throw new Fault("store.unknown", `the store did not say whether it took ${document.id}`, {
    outcome: written.outcome,
  });
};
