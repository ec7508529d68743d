import type { Collection } from "@lucid/platform/documents";
import { Fault } from "./fault.ts";

/** A store that loses this many replies in a row is broken. */
const MAX_ATTEMPTS = 10;

/**
 * Inserts a document whose id says what it decides, and answers the one that stands under that id afterwards:
 * ours, or an earlier one. An answer that was lost is settled by reading, and by inserting again what did not arrive.
 * Throws `store.unknown` when it cannot be settled.
 */
export const insertOrFind = async <T extends { id: string }>(
  collection: Collection<T>,
  document: T,
): Promise<{ inserted: boolean; stored: T }> => {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const written = await collection.insert(document);
    if (written.outcome === "done") return { inserted: true, stored: written.document };
    const stored = await collection.get(document.id);
    if (stored !== null) return { inserted: false, stored };
    // Another unique key is in the way: inserting again changes nothing.
    if (written.outcome === "conflict") break;
  }
  throw new Fault("store.unknown", `the store did not say whether it took ${document.id}`);
};
