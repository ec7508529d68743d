import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { containing, matching } from "../compliance/matchers.ts";
import { line, lines } from "../compliance/fixtures.ts";
import { openDocuments } from "../open.ts";

let root: string;
let path: string;
const open = (create = false, at = path) =>
  openDocuments({ engine: "sqlite", path: at, create }, [lines]);
const folder = () => join(root, "data");

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "lucid-documents-"));
  path = join(folder(), "store.sqlite");
});
afterEach(() => rm(root, { recursive: true }));

async function createStore(count = 1): Promise<void> {
  await using documents = await open(true);
  const all = Array.from({ length: count }, (_, seq) => line("a", seq));
  await documents.collection(lines).insertMany(all);
}

test("a store that was never made is refused without create", async () => {
  await expect(open()).rejects.toMatchObject({
    code: "documents.missing",
    message: containing("mount its disk"),
  });
});

test("nobody else can read its files, even in a folder that everybody can read", async () => {
  await mkdir(folder(), { mode: 0o755 });
  await using documents = await open(true);
  await documents.collection(lines).insert(line("a", 1));
  const names = await readdir(folder());
  expect(names).toEqual(expect.arrayContaining(["store.sqlite", "store.sqlite-wal", "store.json"]));
  for (const name of names) {
    const { mode } = await stat(join(folder(), name));
    expect(`${name} ${(mode & 0o777).toString(8)}`).toBe(`${name} 600`);
  }
});

test("a folder that was emptied, as by an unmounted disk, stops the start", async () => {
  await createStore();
  await rm(folder(), { recursive: true });
  await mkdir(folder());
  await expect(open()).rejects.toMatchObject({ code: "documents.missing" });
});

test("a database that is gone stops the start even with create", async () => {
  await createStore();
  await rm(path);
  await expect(open(true)).rejects.toThrow("is gone");
});

test("a database without its marker needs create once", async () => {
  await createStore();
  await rm(join(folder(), "store.json"));
  await expect(open()).rejects.toThrow("without its marker");
  await (await open(true))[Symbol.asyncDispose]();
  await (await open())[Symbol.asyncDispose]();
});

test("a database that belongs to another store is refused", async () => {
  await createStore();
  const other = join(root, "other", "store.sqlite");
  await (await open(true, other))[Symbol.asyncDispose]();
  await cp(other, path);
  await expect(open()).rejects.toThrow("names another store");
});

test("a second one in the same folder gets one clear line, until the first is closed", async () => {
  await createStore();
  const first = await open();
  await expect(open()).rejects.toMatchObject({
    code: "documents.locked",
    message: `Another process uses ${folder()}; stop it, or choose another folder`,
  });
  await first[Symbol.asyncDispose]();
  await (await open())[Symbol.asyncDispose]();
});

test("the lock of a killed process is free at once, and nothing it was told is lost", async () => {
  const writer = spawn(
    process.execPath,
    [fileURLToPath(new URL("testing/kill-writer.ts", import.meta.url)), path],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const acknowledged = await readLinesUntilKilled(writer, 300);
  await using documents = await open();
  const stored = await documents
    .collection(lines)
    .find({ where: { account: "a" }, sort: [["seq", "asc"]] });
  const seqs = new Set(stored.map(({ seq }) => seq));
  expect(acknowledged.filter((seq) => !seqs.has(seq))).toEqual([]);
  expect(acknowledged.length).toBeGreaterThanOrEqual(300);
});

/** Reads what the writer says was acknowledged, kills it in the middle of its work, reads the rest of the pipe. */
async function readLinesUntilKilled(
  writer: ReturnType<typeof spawn>,
  count: number,
): Promise<number[]> {
  let text = "";
  await new Promise<void>((resolve) => {
    writer.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.split("\n").length > count) resolve();
    });
  });
  await expect(open()).rejects.toMatchObject({ code: "documents.locked" });
  writer.kill("SIGKILL");
  await once(writer, "close");
  return text.slice(0, text.lastIndexOf("\n")).split("\n").map(Number);
}

test.each([
  ["overwritten at its head", (content: Buffer) => content.fill(0x41, 0, 100), "not a database"],
  ["overwritten inside", (content: Buffer) => content.fill(0x41, 4096, content.length), "damaged"],
  [
    "with one page of documents overwritten",
    (content: Buffer) => fillPage(content, 0.5),
    "damaged",
  ],
  ["cut off", (content: Buffer) => content.subarray(0, 4096 * 3 + 100), "damaged"],
])("a database %s is refused with what to do", async (_, damage, message) => {
  await createStore(2_000);
  await writeFile(path, damage(await readFile(path)));
  await expect(open()).rejects.toMatchObject({
    code: "documents.damaged",
    message: matching(new RegExp(`${message}.*restore a backup`)),
  });
});

function fillPage(content: Buffer, position: number): Buffer {
  const start = Math.floor((content.length * position) / 4096) * 4096;
  return content.fill(0x41, start, start + 4096);
}
