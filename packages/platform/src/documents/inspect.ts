import type { MongoOptions } from "./mongodb/open.ts";

export type InspectOptions =
  | { readonly engine: "sqlite"; readonly path: string }
  | ({ readonly engine: "mongodb" } & MongoOptions);

/**
 * Looks a store over without changing it: an embedded one is read through, on a server compare-and-sets are raced over a
 * scratch document. Returns one line about it. Throws DocumentsError `documents.missing`, `documents.damaged`,
 * `documents.unsafe`, `documents.invalid` or `documents.failed`.
 */
export const inspectStore = async (options: InspectOptions): Promise<string> => {
  if (options.engine === "mongodb")
    return (await import("./mongodb/open.ts")).inspectMongo(options);
  return (await import("./sqlite/inspect.ts")).inspectSqlite(options.path);
};
