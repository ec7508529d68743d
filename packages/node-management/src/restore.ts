import { isDeepStrictEqual } from "node:util";
import type { Clock } from "@lucid/platform/clock";
import {
  type Collection,
  type CollectionDefinition,
  createUpgrade,
  type Documents,
  DocumentsError,
  type DocumentsOptions,
  openDocuments,
} from "@lucid/platform/documents";
import type { SignedCheckpoint } from "@lucid/protocol";
import { collections } from "./collections.ts";
import { verifyLedger } from "./ledger/index.ts";
import { beginRestore, endRestore, networkCollection } from "./network/index.ts";
import { createPause, pauseCollection } from "./payouts/index.ts";
import { createRecovery, type Recovered, type Recovery } from "./recover.ts";
import { Fault } from "./shared/fault.ts";
import type { Network } from "./shared/network.ts";
import { released } from "./store-copy.ts";

/** What a restore writes itself. */
const ownNames: ReadonlySet<string> = new Set([networkCollection.name, pauseCollection.name]);

type Definition = CollectionDefinition<{ id: string }>;

/** A store that was copied out of its engine. */
export type StoreCopy = {
  /** Names this copy among all of the network. */
  readonly id: string;
  readonly networkId: string;
  /** Under which schema the documents of each collection were written. */
  readonly versions: ReadonlyMap<string, number>;
  documents(name: string): AsyncIterable<Record<string, unknown>>;
};

export type RestoreOptions = {
  /** Why payouts are paused afterwards, for people. */
  readonly pauseReason: string;
  /** A log that may have more blocks than the copy knows, from which the store gets back what it can. */
  readonly newer?: NewerLog;
};

export type NewerLog = {
  readonly network: Network;
  readonly clock: Clock;
  /** The token that is paid with; null where the settings name none. */
  readonly token: string | null;
  /** Adds every block of the log, each proven, in order; answers the checkpoint that covers them. */
  read(recovery: Pick<Recovery, "add">): Promise<SignedCheckpoint>;
};

export type RestoredStore = {
  readonly documents: number;
  readonly accounts: number;
  readonly entries: number;
  /** What came from a newer log; null without one. */
  readonly recovered: Recovered | null;
};

const BATCH = 1000;

/**
 * Puts a copy into an empty store, brought to today's schema, and leaves payouts paused. A service starts on it only
 * once everything is in; what was cut off is gone on with by the same copy, unless it was also brought up to a newer log,
 * which needs another empty store.
 * Throws `backup.not_empty`, `backup.ledger`, `backup.fork`, `backup.records`, DocumentsError `documents.newer`, `documents.invalid` and the store's own.
 */
export const restoreStore = async (
  { place, copy, clock }: { place: DocumentsOptions; copy: StoreCopy; clock: Pick<Clock, "now"> },
  { pauseReason, newer }: RestoreOptions,
): Promise<RestoredStore> => {
  const unknown = [...copy.versions.keys()].find((name) => definitionOf(name) === undefined);
  if (unknown !== undefined) throw unknownCollection(unknown);
  await using documents = await openDocuments(place, collections);
  const isAgain = await beginRestore(documents, copy.id, clock);
  if (!isAgain) await refuseFull(documents);
  let count = 0;
  for (const definition of collections)
    if (!ownNames.has(definition.name)) count += await fill(documents, definition, copy);
  const recovered = newer === undefined ? null : await recover(documents, newer);
  await createPause({ documents, clock }).turn({
    isPaused: true,
    reason: pauseReason,
    by: "lucid restore",
  });
  const verdict = await verifyLedger(documents);
  if (!verdict.ok)
    throw new Fault(
      "backup.ledger",
      `entry ${verdict.seq} of the ledger chain ${verdict.account} does not hold (${verdict.code}: ${verdict.detail}): use another backup`,
    );
  await endRestore(documents, copy.networkId, clock);
  return { documents: count, accounts: verdict.accounts, entries: verdict.entries, recovered };
};

const recover = async (documents: Documents, newer: NewerLog): Promise<Recovered> => {
  const recovery = await createRecovery({ documents, ...newer });
  return recovery.finish(await newer.read(recovery));
};

const definitionOf = (name: string): Definition | undefined =>
  collections.find((known) => known.name === name);

const unknownCollection = (name: string): DocumentsError =>
  new DocumentsError(
    "documents.newer",
    `the backup holds a collection "${name}" that this program does not know; run the newer program that made it`,
    { name },
  );

const refuseFull = async (documents: Documents): Promise<void> => {
  for (const definition of collections) {
    if (definition.name === networkCollection.name) continue;
    if ((await documents.collection<{ id: string }>(definition).count()) > 0)
      throw new Fault(
        "backup.not_empty",
        `the store has documents in "${definition.name}": name an empty one`,
      );
  }
};

const fill = async (
  documents: Documents,
  definition: Definition,
  copy: StoreCopy,
): Promise<number> => {
  const { name } = definition;
  const version = copy.versions.get(name);
  if (version === undefined) return 0;
  const upgrade = createUpgrade(definition, version);
  const collection = documents.collection<{ id: string }>(definition);
  let count = 0;
  let batch: { id: string }[] = [];
  for await (const document of copy.documents(name)) {
    batch.push(upgrade(released(name, document)));
    count++;
    if (batch.length < BATCH) continue;
    await insertAll(collection, name, batch);
    batch = [];
  }
  await insertAll(collection, name, batch);
  return count;
};

/** What is there already, from a restore that was cut off, has to be the same. */
const insertAll = async (
  collection: Collection<{ id: string }>,
  name: string,
  batch: readonly { id: string }[],
): Promise<void> => {
  for (let rest = batch; rest.length > 0;) {
    const written = await collection.insertMany(rest);
    rest = rest.slice(written.inserted);
    if (written.outcome === "done") return;
    if (written.outcome === "unknown") continue;
    if (!isDeepStrictEqual(written.stored, rest[0]))
      throw new Fault(
        "backup.not_empty",
        `"${name}" holds another document under ${rest[0]?.id}: name an empty store`,
      );
    rest = rest.slice(1);
  }
};
