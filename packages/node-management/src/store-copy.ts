import { leaseCollection } from "@lucid/platform/leases";
import { openSnapshot, type Snapshot } from "@lucid/platform/documents";
import { collections } from "./collections.ts";
import type { NodeManagementConfig } from "./config.ts";
import { createSealingReader, type SealingAtRest, sealingNames } from "./sealing/index.ts";
import { Fault } from "./shared/fault.ts";
import { storePlace } from "./store.ts";

/** Takes one collection: its documents as they lie there, and under which schema they were written. May be called again. */
export type TakeCollection = (
  name: string,
  version: number,
  documents: AsyncIterable<Record<string, unknown>>,
) => Promise<void>;

export type CopiedStore = SealingAtRest & { readonly engine: Snapshot["engine"] };

const ATTEMPTS = 5;

/**
 * What refers to something is read before what it refers to: features stand in that order, the leases before all.
 * The seals come last, which tells whether any was made meanwhile.
 */
const readingOrder: readonly string[] = collections
  .map(({ name }) => name)
  .filter((name) => name !== sealingNames.slots)
  .toReversed()
  .concat(sealingNames.slots);

/** Opens the store of these settings for reading alone. Throws DocumentsError. */
export const openStoreSnapshot = (config: NodeManagementConfig): Promise<Snapshot> =>
  openSnapshot(storePlace(config), collections);

/**
 * Reads a whole store while the service works on it. On SQLite that is one moment. On MongoDB each document is whole, a
 * document is read before those that it rests on, and nothing was sealed meanwhile; a copy during which something was is
 * made again. Throws `backup.moving` when that never ended, DocumentsError.
 */
export const copyStore = async (
  open: () => Promise<Snapshot>,
  take: TakeCollection,
): Promise<CopiedStore> => {
  let last: SealingAtRest | null = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    await using snapshot = await open();
    const before = await readProgress(snapshot);
    const reader = createSealingReader();
    for (const name of namesIn(snapshot))
      await take(name, snapshot.versions.get(name) ?? 1, heard(snapshot, name, reader));
    const state = reader.state();
    const after = await readProgress(snapshot);
    const isAtRest = isMarked(before, state, after) || isAsBefore(last, state, after);
    if (snapshot.isOneMoment || isAtRest) return { ...state, engine: snapshot.engine };
    last = { ...state, markedSlot: after.markedSlot };
  }
  throw new Fault(
    "backup.moving",
    `slots were sealed each of the ${ATTEMPTS} times that the database was read: stop the service for as long as a backup takes, or use MongoDB's own tools`,
  );
};

/** Collections of a newer program are read as well where the engine can; restoring them is refused by name. */
const namesIn = ({ versions }: Snapshot): string[] => [
  ...[...versions.keys()].filter((name) => !readingOrder.includes(name)),
  ...readingOrder.filter((name) => versions.has(name)),
];

/** Every seal was marked before the reading began. */
const isMarked = (before: SealingAtRest, read: SealingAtRest, after: SealingAtRest): boolean =>
  before.markedSlot === after.markedSlot && read.sealedSlot === after.markedSlot;

/** A service that was stopped between a seal and its mark left it so: nothing happened since the last reading. */
const isAsBefore = (
  last: SealingAtRest | null,
  read: SealingAtRest,
  after: SealingAtRest,
): boolean => last?.sealedSlot === read.sealedSlot && last.markedSlot === after.markedSlot;

const readProgress = async (snapshot: Snapshot): Promise<SealingAtRest> => {
  const reader = createSealingReader();
  for await (const _ of heard(snapshot, sealingNames.progress, reader));
  return reader.state();
};

async function* heard(
  snapshot: Snapshot,
  name: string,
  reader: ReturnType<typeof createSealingReader>,
): AsyncGenerator<Record<string, unknown>> {
  if (!snapshot.versions.has(name)) return;
  for await (const document of snapshot.documents(name)) {
    reader.see(name, document);
    yield document;
  }
}

/** Nobody holds a lease any more in a store that is put back; its token stays, and never goes back. */
export const released = (name: string, document: Record<string, unknown>): typeof document =>
  name === leaseCollection.name ? { ...document, holder: null } : document;
