import type { CollectionDefinition, Documents } from "./port.ts";
import type { SqliteOptions } from "./sqlite/open.ts";

export type DocumentsOptions = { engine: "sqlite" } & SqliteOptions;

/**
 * Opens the store and brings its collections to their definitions.
 * Throws DocumentsError `documents.missing`, `documents.locked`, `documents.damaged`, `documents.newer`,
 * `documents.invalid` or `documents.failed`, each with a message for people.
 */
export async function openDocuments(
  { engine: _, ...options }: DocumentsOptions,
  collections: readonly CollectionDefinition<{ id: string }>[],
): Promise<Documents> {
  const { openSqlite } = await import("./sqlite/open.ts");
  return openSqlite(options, collections);
}
