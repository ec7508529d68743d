import type { Clock } from "@lucid/platform/clock";
import {
  type CollectionDefinition,
  createUpgrade,
  DocumentsError,
  type Snapshot,
} from "@lucid/platform/documents";
import { collections } from "./collections.ts";
import type { NodeManagementConfig } from "./config.ts";
import { openStore } from "./store.ts";
import { openStoreSnapshot } from "./store-copy.ts";

/** What an upgrade means for one collection; `from` is null for one that is made. */
export type CollectionUpgrade = {
  readonly name: string;
  readonly from: number | null;
  readonly to: number;
  readonly documents: number;
};

/**
 * What this program would do to a store, tried on every document without changing any; the service may run.
 * Throws DocumentsError `documents.missing`, `documents.newer`, or `documents.invalid` for a document that would not fit.
 */
export const planUpgrade = async (config: NodeManagementConfig): Promise<CollectionUpgrade[]> => {
  await using snapshot = await openStoreSnapshot(config);
  requireKnown(snapshot);
  const plan: CollectionUpgrade[] = [];
  for (const definition of collections) plan.push(await tryOut(snapshot, definition));
  return plan;
};

/** Whether this program knows a store, by its schemas alone. Throws DocumentsError `documents.missing` or `documents.newer`. */
export const checkSchemas = async (config: NodeManagementConfig): Promise<void> => {
  await using snapshot = await openStoreSnapshot(config);
  requireKnown(snapshot);
  for (const definition of collections)
    createUpgrade(definition, snapshot.versions.get(definition.name) ?? definition.schemaVersion);
};

const requireKnown = ({ versions }: Snapshot): void => {
  const unknown = [...versions.keys()].find(
    (name) => !collections.some((known) => known.name === name),
  );
  if (unknown === undefined) return;
  throw new DocumentsError(
    "documents.newer",
    `the store holds a collection "${unknown}" that this program does not know; run the newer program`,
    { name: unknown },
  );
};

/** Brings the store to this program's schema, as its first start would. Throws `documents.locked` while a service runs. */
export const upgradeStore = async (config: NodeManagementConfig, clock: Clock): Promise<void> => {
  await using _ = await openStore(config, clock);
};

const tryOut = async (
  snapshot: Snapshot,
  definition: CollectionDefinition<{ id: string }>,
): Promise<CollectionUpgrade> => {
  const { name, schemaVersion: to } = definition;
  const from = snapshot.versions.get(name) ?? null;
  if (from === null) return { name, from, to, documents: 0 };
  const upgrade = createUpgrade(definition, from);
  let documents = 0;
  for await (const document of snapshot.documents(name)) {
    upgrade(document);
    documents++;
  }
  return { name, from, to, documents };
};
