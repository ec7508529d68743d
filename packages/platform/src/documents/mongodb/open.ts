import { randomBytes } from "node:crypto";
import { type Db, MongoClient } from "mongodb";
import { DocumentsError } from "../errors.ts";
import type { CollectionDefinition, Documents, DocumentsHealth } from "../port.ts";
import { createCollection } from "./collection.ts";
import { isDuplicate, toDocumentsError } from "./faults.ts";
import { prepareCollection } from "./prepare.ts";
import { refuseLostUpdates } from "./self-test.ts";
import { createSession } from "./session.ts";
import { readUri } from "./uri.ts";

export type MongoOptions = {
  /** As MongoDB writes it: `mongodb://user:password@host:27017/database`. */
  uri: string;
};

type Definitions = readonly CollectionDefinition<{ id: string }>[];
type Store = { _id: string; store_id: string; raced_on?: string };

const selectionMs = 5000;
/** A server that accepted a command and then says nothing is as good as lost. */
const silentMs = 30_000;

export const createMongoClient = (uri: string): MongoClient =>
  new MongoClient(uri, {
    writeConcern: { w: "majority", journal: true },
    readConcern: { level: "majority" },
    readPreference: "primary",
    // A lost reply is settled by whoever asked: it reads again and compares.
    retryWrites: false,
    useBigInt64: true,
    promoteBuffers: true,
    serverSelectionTimeoutMS: selectionMs,
    socketTimeoutMS: silentMs,
    appName: "lucid",
  });

/** Opens the store on MongoDB; every write is acknowledged by the majority's journals, every read is of the primary. */
export async function openMongo(
  { uri }: MongoOptions,
  definitions: Definitions,
): Promise<Documents> {
  const { database } = readUri(uri);
  const client = createMongoClient(uri);
  try {
    await client.connect();
    return await start(client, database, definitions);
  } catch (error) {
    await client.close();
    throw toDocumentsError(error);
  }
}

/** Races the server and says what it is. Throws as `openMongo` does. */
export const inspectMongo = async ({ uri }: MongoOptions): Promise<string> => {
  const { database } = readUri(uri);
  const client = createMongoClient(uri);
  try {
    await client.connect();
    const db = client.db(database);
    const engine = await describeEngine(db);
    await refuseLostUpdates(db);
    return `${engine}, no update lost in a race`;
  } catch (error) {
    throw toDocumentsError(error);
  } finally {
    await client.close();
  }
};

const start = async (
  client: MongoClient,
  database: string,
  definitions: Definitions,
): Promise<Documents> => {
  const db = client.db(database);
  const engine = await describeEngine(db);
  const storeId = await readStore(db, engine);
  const session = createSession();
  const collections = new Map(
    await Promise.all(
      definitions.map(async (definition) => {
        const rows = await prepareCollection(db, definition);
        return [definition.name, rows] as const;
      }),
    ),
  );
  return {
    storeId,
    collection: (definition) => {
      const rows = collections.get(definition.name);
      if (rows === undefined)
        throw new DocumentsError(
          "documents.definition",
          `Collection "${definition.name}" was not given to openDocuments`,
          { name: definition.name },
        );
      return createCollection({ rows, session }, definition);
    },
    check: () => session.run(() => check(db, engine)).catch(unhealthy),
    [Symbol.asyncDispose]: async () => {
      await session.close();
      await client.close();
    },
  };
};

/** The id of the store, made once; the first start on an engine races it first. */
const readStore = async (db: Db, engine: string): Promise<string> => {
  const stores = db.collection<Store>("_store");
  const known = await stores.findOne({ _id: "store" });
  if (known?.raced_on !== engine) await refuseLostUpdates(db);
  if (known === null)
    await stores
      .insertOne({ _id: "store", store_id: randomBytes(16).toString("hex"), raced_on: engine })
      .catch((error: unknown) => {
        if (!isDuplicate(error)) throw error;
      });
  else await stores.updateOne({ _id: "store" }, { $set: { raced_on: engine } });
  const stored = await stores.findOne({ _id: "store" });
  if (stored !== null) return stored.store_id;
  throw new DocumentsError("documents.failed", "MongoDB does not hold what was just written");
};

export const describeEngine = async (db: Db): Promise<string> => {
  const { version } = await db.admin().command({ buildInfo: 1 });
  return `MongoDB ${String(version)}`;
};

/** A write tells more than a ping: a member without a majority answers pings. */
const check = async (db: Db, engine: string): Promise<DocumentsHealth> => {
  await db
    .collection<{ _id: string; at: number }>("_store")
    .updateOne({ _id: "probe" }, { $set: { at: Date.now() } }, { upsert: true });
  return { ok: true, detail: `${engine}, database ${db.databaseName}` };
};

const unhealthy = (error: unknown): DocumentsHealth => ({
  ok: false,
  detail: error instanceof Error ? error.message : String(error),
});
