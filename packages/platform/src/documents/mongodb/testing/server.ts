import { randomBytes } from "node:crypto";
import { MongoClient } from "mongodb";

/** A connection string for another database, and another address if given. */
export const withDatabase = (uri: string, database: string, address?: string): string => {
  const [, scheme = "", credentials = "", host = "", query = ""] =
    /^(mongodb(?:\+srv)?:\/\/)([^@/?]*@)?([^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(uri) ?? [];
  return `${scheme}${credentials}${address ?? host}/${database}${query}`;
};

export type TestDatabase = AsyncDisposable & { readonly name: string; readonly uri: string };

/** An empty database of its own, gone afterwards. */
export const createTestDatabase = (uri: string): TestDatabase => {
  const name = `lucid_test_${randomBytes(6).toString("hex")}`;
  const own = withDatabase(uri, name);
  return {
    name,
    uri: own,
    [Symbol.asyncDispose]: async () => {
      const client = await MongoClient.connect(own);
      await client.db(name).dropDatabase();
      await client.close();
    },
  };
};

/** `mongo-java-server` calls itself 5.0.0.0; no MongoDB has four numbers. It orders text by UTF-16 units. */
export const isJavaServer = async (uri: string): Promise<boolean> => {
  const client = await MongoClient.connect(uri);
  const { version } = await client.db().admin().command({ buildInfo: 1 });
  await client.close();
  return String(version).split(".").length === 4;
};
