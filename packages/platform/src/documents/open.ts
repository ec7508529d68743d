import type { CollectionDefinition, Documents } from "./port.ts";
import type { SqliteOptions } from "./sqlite/open.ts";

export type DocumentsOptions = { engine: "sqlite" } & SqliteOptions;

/** An engine is loaded only when it is configured. */
const engines = { sqlite: () => import("./sqlite/open.ts") };

/**
 * Opens the store and brings its collections to their definitions.
 * Throws DocumentsError `documents.missing`, `documents.locked`, `documents.damaged`, `documents.newer`,
 * `documents.invalid` or `documents.failed`, each with a message for people.
 */
export async function openDocuments(
  { engine, ...options }: DocumentsOptions,
  collections: readonly CollectionDefinition<{ id: string }>[],
): Promise<Documents> {
  const { openSqlite } = await engines[engine]();
  return openSqlite(options, collections);
}
