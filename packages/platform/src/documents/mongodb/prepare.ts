import type { Collection as MongoCollection, Db } from "mongodb";
import { DocumentsError } from "../errors.ts";
import type { CollectionDefinition } from "../port.ts";
import { createUpgrade, stepsFrom } from "../upgrade.ts";
import { isDuplicate } from "./faults.ts";
import { fieldName, indexName } from "./filters.ts";
import { createRows, type Row } from "./rows.ts";

type Definition = CollectionDefinition<{ id: string }>;
type Index = {
  readonly key: Readonly<Record<string, 1>>;
  readonly name: string;
  readonly unique?: true;
};
export type Stamp = { _id: string; version: number };

/** Where the store says under which schema the documents of each collection were written. */
export const STAMPS = "_collections";

/**
 * Brings a collection to its definition: migrates documents that an older program wrote, one by one and each once, and
 * makes the indexes, which are read back. Throws `documents.newer`, `documents.unsafe`, `documents.invalid`.
 */
export const prepareCollection = async (
  db: Db,
  definition: Definition,
): Promise<MongoCollection<Row>> => {
  const { name, schemaVersion } = definition;
  const stamps = db.collection<Stamp>(STAMPS);
  const stamp = await stamps.findOne({ _id: name });
  if (stamp !== null) stepsFrom(definition, stamp.version);
  await refuseSharding(db, definition);
  const rows = db.collection<Row>(name);
  if (stamp !== null && stamp.version < schemaVersion) await migrate(rows, definition);
  await createIndexes(rows, definition);
  await stamps.updateOne({ _id: name }, { $set: { version: schemaVersion } }, { upsert: true });
  return rows;
};

/** With the id at the end, so that ties come in order without sorting. */
const indexesOf = ({ unique, indexes }: Definition): Index[] => {
  const keyOf = (fields: readonly string[]): Record<string, 1> =>
    Object.fromEntries(fields.map((field) => [fieldName(field), 1 as const]));
  return [
    ...unique.map((key): Index => ({ key: keyOf(key), name: indexName(key), unique: true })),
    ...indexes.map((key): Index => ({ key: keyOf([...key, "id"]), name: indexName(key) })),
  ];
};

const createIndexes = async (rows: MongoCollection<Row>, definition: Definition): Promise<void> => {
  const wanted = indexesOf(definition);
  if (wanted.length > 0) await rows.createIndexes(wanted.map((index) => ({ ...index })));
  else await createEmpty(rows);
  const there = await rows.listIndexes().toArray();
  const isThere = (index: Index) =>
    there.some(
      ({ name, key, unique }) =>
        name === index.name &&
        JSON.stringify(key) === JSON.stringify(index.key) &&
        (unique === true) === (index.unique === true),
    );
  const missing = wanted.filter((index) => !isThere(index));
  if (missing.length === 0) return;
  throw new DocumentsError(
    "documents.unsafe",
    `MongoDB does not hold the index ${missing[0]?.name} of "${definition.name}" as it was asked to: drop it there, and start again`,
    { name: definition.name },
  );
};

/** A collection without an index of its own still has to be there for its indexes to be listed. */
const createEmpty = async (rows: MongoCollection<Row>): Promise<void> => {
  await rows.insertOne({ _id: "_", Version: 0, Schema: 0 }).catch((error: unknown) => {
    if (!isDuplicate(error)) throw error;
  });
  await rows.deleteOne({ _id: "_" });
};

/** A document says under which schema it was written, so that a migration may stop anywhere and go on. */
const migrate = async (rows: MongoCollection<Row>, definition: Definition): Promise<void> => {
  const { decode, encode } = createRows(definition);
  for await (const row of rows.find({ Schema: { $lt: definition.schemaVersion } })) {
    const after = createUpgrade(definition, row.Schema)(decode(row));
    const replacement = encode(after, row.Version + 1);
    await rows.replaceOne({ _id: row._id, Version: row.Version }, replacement);
  }
};

/** On a sharded collection a unique key holds per shard only. */
const refuseSharding = async (db: Db, { name, unique }: Definition): Promise<void> => {
  if (unique.length === 0) return;
  const sharded = await db.client
    .db("config")
    .collection<{ _id: string; dropped?: boolean }>("collections")
    .findOne({ _id: `${db.databaseName}.${name}` })
    .catch((error: unknown) => {
      // Without the right to look there is nothing to find on a server that is not sharded.
      if (isNotAllowed(error)) return null;
      throw error;
    });
  if (sharded === null || sharded.dropped === true) return;
  throw new DocumentsError(
    "documents.unsafe",
    `Collection "${name}" is sharded, where its unique keys hold per shard only: unshard it`,
    { name },
  );
};

const isNotAllowed = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "code" in error && error.code === 13;
