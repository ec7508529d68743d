import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { line, lines, repeatDuring } from "../compliance/fixtures.ts";
import { openDocuments } from "../open.ts";

let root: string;
const open = (name: string) =>
  openDocuments({ engine: "sqlite", path: join(root, name, "store.sqlite"), create: true }, [
    lines,
  ]);

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "lucid-documents-"));
});
afterEach(() => rm(root, { recursive: true }));

test("a backup taken while others write is one moment of the store, and opens as a store", async () => {
  await using documents = await open("data");
  const collection = documents.collection(lines);
  await collection.insertMany(Array.from({ length: 20_000 }, (_, seq) => line("a", seq)));
  await mkdir(join(root, "restored"));
  let written = 20_000;
  await repeatDuring(documents.backup(join(root, "restored", "store.sqlite")), async () => {
    await collection.insert(line("a", written++));
  });

  await using restored = await open("restored");
  const copied = await restored
    .collection(lines)
    .find({ where: { account: "a" }, sort: [["seq", "asc"]] });
  expect(restored.storeId).toBe(documents.storeId);
  expect(copied.length).toBeGreaterThanOrEqual(20_000);
  expect(copied.map(({ seq }) => seq)).toEqual(
    Array.from({ length: copied.length }, (_, seq) => seq),
  );
});

test("a backup is for this user only and overwrites nothing", async () => {
  await using documents = await open("data");
  const target = join(root, "copy.sqlite");
  await documents.backup(target);
  expect((await stat(target)).mode & 0o777).toBe(0o600);
  await expect(documents.backup(target)).rejects.toMatchObject({ code: "documents.exists" });
});
