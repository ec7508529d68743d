import { isDeepStrictEqual } from "node:util";
import type { Collection, Fields } from "@lucid/platform/documents";
import { Fault } from "./fault.ts";

/** A store that loses this many replies in a row is broken. */
const MAX_ATTEMPTS = 10;

export type Swapped<T> =
  | { readonly done: true; readonly document: T }
  | { readonly done: false; readonly stored: T | null };

/**
 * Writes `patch` over a document when it says what `expect` says. A reply that was lost is settled by reading: done
 * when the document now says what the patch says. Throws `store.unknown` when it cannot be settled.
 */
export const compareAndSet = async <T extends { id: string }>(
  collection: Collection<T>,
  id: string,
  patch: Omit<Fields<T>, "id">,
  expect: Fields<T>,
): Promise<Swapped<T>> => {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const written = await collection.update(id, patch, { expect });
    if (written.outcome === "done") return { done: true, document: written.document };
    if (written.outcome === "conflict") return { done: false, stored: written.stored };
    const stored = await collection.get(id);
    if (stored !== null && says(stored, patch)) return { done: true, document: stored };
    if (stored === null || !says(stored, expect)) return { done: false, stored };
  }
  throw new Fault("store.unknown", `the store did not say whether ${id} was changed`, { id });
};

const says = (document: object, fields: object): boolean =>
  Object.entries(fields).every(([field, value]) =>
    isDeepStrictEqual((document as Record<string, unknown>)[field], value),
  );
