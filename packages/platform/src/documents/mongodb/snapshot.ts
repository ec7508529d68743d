import { DocumentsError } from "../errors.ts";
import type { CollectionDefinition } from "../port.ts";
import type { Snapshot } from "../snapshot.ts";
import { toDocumentsError } from "./faults.ts";
import { createMongoClient, describeEngine, type MongoOptions } from "./open.ts";
import { type Stamp, STAMPS } from "./prepare.ts";
import { createRows, type Row } from "./rows.ts";
import { readUri } from "./uri.ts";

type Definition = CollectionDefinition<{ id: string }>;

/** Each document is of the moment it is read: what has to belong together is for whoever reads to see to. */
export const openMongoSnapshot = async (
  { uri }: MongoOptions,
  definitions: readonly Definition[],
): Promise<Snapshot> => {
  const { database } = readUri(uri);
  const client = createMongoClient(uri);
  try {
    await client.connect();
    const db = client.db(database);
    await describeEngine(db);
    const stamps = await db.collection<Stamp>(STAMPS).find().toArray();
    return {
      engine: "mongodb",
      isOneMoment: false,
      versions: new Map(stamps.map(({ _id, version }) => [_id, version])),
      async *documents(name) {
        const { decode } = createRows(definitionOf(definitions, name));
        const rows = db.collection<Row>(name).find({}, { sort: { _id: 1 } });
        try {
          for await (const row of rows) yield decode(row);
        } catch (error) {
          throw toDocumentsError(error);
        }
      },
      [Symbol.asyncDispose]: () => client.close(),
    };
  } catch (error) {
    await client.close();
    throw toDocumentsError(error);
  }
};

/** What lies in a collection can only be read by those who know which of its fields are JSON text. */
const definitionOf = (definitions: readonly Definition[], name: string): Definition => {
  const definition = definitions.find((known) => known.name === name);
  if (definition !== undefined) return definition;
  throw new DocumentsError(
    "documents.newer",
    `This program knows no collection "${name}"; run the one that wrote it`,
    { name },
  );
};
