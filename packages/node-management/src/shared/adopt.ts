import { isDeepStrictEqual } from "node:util";
import type { Collection } from "@lucid/platform/documents";
import type { RecordData, RecordType } from "@lucid/protocol";
import { Fault } from "./fault.ts";
import { markSealed, type Sealable } from "./sealed.ts";

/** A block of the log that is being taken over. `atMs`: its slot's start (Unix ms), for moments that the log does not tell. */
export type AdoptedSlot = { readonly slot: number; readonly atMs: number };

/**
 * Writes what the log says as the documents that it was sealed from, into a store that is older than the log. What the
 * store had before keeps its own moments, and has to say the same.
 */
export type Adopter<T extends RecordType = RecordType> = {
  readonly type: T;
  adopt(at: AdoptedSlot, sealed: readonly RecordData[T][]): Promise<void>;
};

/** An adopter of whatever type. */
export type AnyAdopter = { [T in RecordType]: Adopter<T> }[RecordType];

/**
 * Writes documents as facts of a block, or marks those that are there. `toRecord` tells what the log says of a document.
 * Throws `backup.fork` where the store says another thing.
 */
export const adoptSealed = async <T extends Sealable>(
  collection: Collection<T>,
  documents: readonly T[],
  { slot, toRecord }: { readonly slot: number; readonly toRecord: (document: T) => unknown },
): Promise<void> => {
  let rest = documents.map((document) => ({ ...document, sealed_slot: slot }));
  for (let [next] = rest; next !== undefined; [next] = rest) {
    const written = await collection.insertMany(rest);
    rest = rest.slice(written.inserted);
    [next] = rest;
    if (written.outcome === "done" || next === undefined) return;
    if (written.outcome === "unknown") continue;
    if (written.stored === null || !isDeepStrictEqual(toRecord(written.stored), toRecord(next)))
      throw forked(slot, next.id);
    await markSealed(collection, [written.stored.id], slot);
    rest = rest.slice(1);
  }
};

/** What the store had made before it was copied is not what the log has of it. */
export const forked = (slot: number, what: string): Fault =>
  new Fault(
    "backup.fork",
    `the log's block of slot ${slot} and the backup say different things of ${what}: one of them is of another history`,
    { slot },
  );
