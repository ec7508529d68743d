import type { MongoOptions } from "./mongodb/open.ts";
import type { CollectionDefinition, Documents } from "./port.ts";
import type { SqliteOptions } from "./sqlite/open.ts";

export type DocumentsOptions =
  | ({ engine: "sqlite" } & SqliteOptions)
  | ({ engine: "mongodb" } & MongoOptions);

/**
 * Opens the store and brings its collections to their definitions. An engine is loaded only when it is configured.
 * Throws DocumentsError `documents.missing`, `documents.locked`, `documents.damaged`, `documents.newer`,
 * `documents.unsafe`, `documents.unreachable`, `documents.refused`, `documents.invalid` or `documents.failed`, each with a message for people.
 */
export async function openDocuments(
  options: DocumentsOptions,
  collections: readonly CollectionDefinition<{ id: string }>[],
): Promise<Documents> {
  if (options.engine === "mongodb")
    return (await import("./mongodb/open.ts")).openMongo(options, collections);
  return (await import("./sqlite/open.ts")).openSqlite(options, collections);
}
