import type { InspectOptions } from "./inspect.ts";
import type { CollectionDefinition } from "./port.ts";

/** A store as it lies there, read beside whoever works on it. */
export type Snapshot = AsyncDisposable & {
  readonly engine: InspectOptions["engine"];
  /** Whether everything read from it is of one moment; otherwise each document is of the moment it was read. */
  readonly isOneMoment: boolean;
  /** The collections that are there, and the schema version that the documents of each have. */
  readonly versions: ReadonlyMap<string, number>;
  /** The documents of one of them as they lie there, not migrated, by ascending id. */
  documents(name: string): AsyncIterable<Record<string, unknown>>;
};

/**
 * Opens a store for reading alone: nothing is created, migrated or locked, and the service may run meanwhile.
 * Throws DocumentsError `documents.missing`, `documents.damaged`, `documents.unsafe`, `documents.invalid` or `documents.failed`.
 */
export const openSnapshot = async (
  options: InspectOptions,
  definitions: readonly CollectionDefinition<{ id: string }>[],
): Promise<Snapshot> => {
  if (options.engine === "mongodb")
    return (await import("./mongodb/snapshot.ts")).openMongoSnapshot(options, definitions);
  return (await import("./sqlite/snapshot.ts")).openSqliteSnapshot(options.path);
};
