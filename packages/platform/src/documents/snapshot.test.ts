import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, asyncProperty, uniqueArray } from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { anyParcel } from "./compliance/arbitraries.ts";
import { line, lines, parcels } from "./compliance/fixtures.ts";
import { createTestDatabase } from "./mongodb/testing/server.ts";
import { serverUri } from "./mongodb/testing/server-uri.ts";
import {
  documentToLine,
  type DocumentsOptions,
  lineToDocument,
  openDocuments,
  openSnapshot,
  type Snapshot,
} from "./index.ts";

const definitions = [lines, parcels];

const listOf = async (snapshot: Snapshot, name: string) => {
  const documents: Record<string, unknown>[] = [];
  for await (const document of snapshot.documents(name)) documents.push(document);
  return documents;
};

/** What every engine answers through a snapshot. */
const suite = (
  use: (test: (options: DocumentsOptions) => Promise<void>) => Promise<void>,
): void => {
  test("every document comes out as it went in, also through its line", () =>
    assert(
      asyncProperty(uniqueArray(anyParcel(), { selector: ({ id }) => id, maxLength: 8 }), (all) =>
        use(async (options) => {
          await using documents = await openDocuments(options, definitions);
          await documents.collection(parcels).insertMany(all);
          await using snapshot = await openSnapshot(options, definitions);
          const read = await listOf(snapshot, "parcels");
          expect(read).toEqual(expect.arrayContaining(all));
          expect(read).toHaveLength(all.length);
          expect(read.map(documentToLine).map(lineToDocument)).toEqual(read);
        }),
      ),
      { numRuns: 6 },
    ));

  test("it says under which schema the documents of each collection were written", () =>
    use(async (options) => {
      await using _ = await openDocuments(options, definitions);
      await using snapshot = await openSnapshot(options, definitions);
      expect(Object.fromEntries(snapshot.versions)).toEqual({ lines: 1, parcels: 1 });
    }));
};

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "lucid-snapshot-"));
});
afterEach(() => rm(root, { recursive: true }));

let stores = 0;
const newPath = (): string => join(root, `${stores++}`, "store.sqlite");

describe("SQLite", () => {
  suite((use) => use({ engine: "sqlite", path: newPath(), create: true }));

  test("writers go on, and what they write is not seen", async () => {
    const options = { engine: "sqlite", path: newPath(), create: true } as const;
    await using documents = await openDocuments(options, definitions);
    const collection = documents.collection(lines);
    const first = Array.from({ length: 3000 }, (_, seq) => line("a", seq));
    await collection.insertMany(first);
    await using snapshot = await openSnapshot(options, definitions);
    let read = 0;
    for await (const document of snapshot.documents("lines")) {
      expect(document["account"]).toBe("a");
      if (read++ % 500 === 0) await collection.insert(line("b", read));
    }
    expect(read).toBe(first.length);
    expect(await collection.count()).toBe(first.length + 6);
  });

  test("nothing is made where no store is", async () => {
    const path = newPath();
    await expect(openSnapshot({ engine: "sqlite", path }, definitions)).rejects.toMatchObject({
      code: "documents.missing",
    });
    expect(existsSync(path)).toBe(false);
  });
});

describe.skipIf(serverUri === null)("MongoDB", () => {
  suite(async (use) => {
    await using database = createTestDatabase(serverUri ?? "");
    await use({ engine: "mongodb", uri: database.uri });
  });
});

test.each(["", "{", "[]", "7", '{"a":"~i1x"}'])("a line of %j is no document", (text) => {
  expect(() => lineToDocument(text)).toThrow(
    expect.objectContaining({ code: "documents.damaged" }),
  );
});
