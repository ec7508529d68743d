import { describe } from "vitest";
import { documentsCompliance } from "../compliance/index.ts";
import { openDocuments } from "../open.ts";
import { createTestDatabase, isJavaServer } from "./testing/server.ts";
import { serverUri } from "./testing/server-uri.ts";

/** `MONGODB_URI` alone points the suite at a server; every test has a database of its own there. */
describe.skipIf(serverUri === null)("a server at MONGODB_URI", async () => {
  const uri = serverUri ?? "";
  const ordersByUtf16 = serverUri !== null && (await isJavaServer(uri));

  documentsCompliance("MongoDB", async () => {
    const database = createTestDatabase(uri);
    return {
      persists: true,
      ordersByUtf16,
      open: (collections) => openDocuments({ engine: "mongodb", uri: database.uri }, collections),
      [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
    };
  });
});
