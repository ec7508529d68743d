import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { documentsCompliance } from "../compliance/index.ts";
import { openDocuments } from "../open.ts";

documentsCompliance("SQLite in memory", async () => ({
  persists: false,
  open: (collections) => openDocuments({ engine: "sqlite", path: ":memory:" }, collections),
  [Symbol.asyncDispose]: async () => undefined,
}));

documentsCompliance("SQLite in a file", async () => {
  const folder = await mkdtemp(join(tmpdir(), "lucid-documents-"));
  const path = join(folder, "data", "store.sqlite");
  return {
    persists: true,
    open: (collections) => openDocuments({ engine: "sqlite", path, create: true }, collections),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
});
