import { DocumentsError } from "../errors.ts";

/** What a connection string must not say otherwise: every promise of the store rests on it. */
const promised: Record<string, { readonly allowed: readonly string[]; readonly why: string }> = {
  w: { allowed: ["majority"], why: "a write that only one member has can be rolled back" },
  journal: { allowed: ["true"], why: "an answer before the journal is not durable" },
  j: { allowed: ["true"], why: "an answer before the journal is not durable" },
  readpreference: { allowed: ["primary"], why: "a secondary may not know the latest decision" },
  readconcernlevel: {
    allowed: ["majority", "linearizable"],
    why: "what only one member has can be rolled back",
  },
  retrywrites: {
    allowed: ["false"],
    why: "a lost reply is settled by reading, not by writing again",
  },
};

/** Where the documents are when the connection string names no database. */
const defaultDatabase = "lucid";

/**
 * The database that a connection string names. Throws `documents.unsafe` for one that weakens a promise of the store,
 * and `documents.failed` for one that is none; neither message holds the password.
 */
export const readUri = (uri: string): { readonly database: string } => {
  const match = /^mongodb(?:\+srv)?:\/\/[^/?]+(?:\/([^?]*))?(?:\?(.*))?$/.exec(uri);
  if (match === null)
    throw new DocumentsError(
      "documents.failed",
      "MONGODB_URI has to look like mongodb://user:password@host:27017/lucid",
    );
  const [, path = "", query = ""] = match;
  for (const [name, value] of new URLSearchParams(query)) {
    const rule = promised[name.toLowerCase()];
    if (rule === undefined || rule.allowed.includes(value)) continue;
    throw new DocumentsError(
      "documents.unsafe",
      `MONGODB_URI says ${name}=${value}, but ${rule.why}: take it out`,
    );
  }
  return { database: path === "" ? defaultDatabase : decodeURIComponent(path) };
};
