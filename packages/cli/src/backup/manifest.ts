import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { damaged, newer, noBackup } from "./failures.ts";

export const FORMAT = 1;
const NAME = "manifest.json";

export type BackupFile = { readonly path: string; readonly bytes: number; readonly sha256: string };

/** What a backup says of itself, `manifest.json` in its folder. */
export type Manifest = {
  readonly format: typeof FORMAT;
  /** Random hex: names this backup among all. */
  readonly id: string;
  /** The program that made it. */
  readonly lucid: string;
  readonly network_id: string;
  readonly network: string;
  /** ISO-8601 UTC. */
  readonly made_at: string;
  /** The folder that it was made of. */
  readonly data: string;
  /** Null where the machine keeps no store. */
  readonly store: {
    readonly engine: "sqlite" | "mongodb";
    readonly sealed_slot: number | null;
    readonly collections: Readonly<
      Record<string, { readonly version: number; readonly documents: number }>
    >;
  } | null;
  /** Null where the machine keeps no log, or none has begun. */
  readonly log: { readonly size: number } | null;
  /** What lies encrypted in it; null when secrets were left out. */
  readonly secrets: readonly string[] | null;
  /** Everything but this file, by path. */
  readonly files: readonly BackupFile[];
};

/** Measures every file of a folder, and writes down what it holds. */
export const writeManifest = async (
  folder: string,
  about: Omit<Manifest, "files" | "format">,
): Promise<Manifest> => {
  const manifest: Manifest = { format: FORMAT, ...about, files: await measureAll(folder) };
  const text = JSON.stringify({ ...manifest, sha256: hashOf(manifest) }, null, 2);
  await writeFile(join(folder, NAME), `${text}\n`, { flag: "wx", mode: 0o600, flush: true });
  return manifest;
};

/** Throws a Failure `backup.missing`, `backup.damaged` or `backup.newer`. */
export const readManifest = async (folder: string): Promise<Manifest> => {
  const path = join(folder, NAME);
  const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === "ENOENT" ? noBackup(folder, cause) : cause;
  });
  const { sha256, ...manifest } = parse(path, text);
  if (typeof manifest["format"] === "number" && manifest["format"] > FORMAT)
    throw newer(
      `${folder} is a backup of format ${manifest["format"]}, this program knows ${FORMAT}`,
    );
  if (sha256 !== hashOf(manifest)) throw damaged(path, "it is not as it was written");
  return manifest as Manifest;
};

/** Reads every file again and compares; nothing may be missing, changed or added. */
export const checkFiles = async (folder: string, { files }: Manifest): Promise<void> => {
  const found = new Map((await measureAll(folder)).map((file) => [file.path, file]));
  for (const { path, bytes, sha256 } of files) {
    const there = found.get(path);
    found.delete(path);
    if (there === undefined) throw damaged(join(folder, path), "it is missing");
    if (there.bytes !== bytes)
      throw damaged(join(folder, path), `it has ${there.bytes} bytes of ${bytes}`);
    if (there.sha256 !== sha256) throw damaged(join(folder, path), "it is not as it was written");
  }
  const [added] = found.keys();
  if (added !== undefined) throw damaged(join(folder, added), "it does not belong to the backup");
};

const parse = (path: string, text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (cause) {
    throw damaged(path, "it is cut off or changed", cause);
  }
};

/** Of its text without the hash; what is parsed and written again has its fields in the same order. */
const hashOf = (manifest: object): string =>
  createHash("sha256").update(JSON.stringify(manifest)).digest("hex");

const measureAll = async (folder: string): Promise<BackupFile[]> => {
  const items = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = items
    .filter((item) => !item.isDirectory())
    .map((item) => join(item.parentPath, item.name).slice(folder.length + 1))
    .filter((path) => path !== NAME)
    .toSorted();
  const files: BackupFile[] = [];
  for (const path of paths) files.push({ path, ...(await measure(join(folder, path))) });
  return files;
};

const measure = async (path: string): Promise<Omit<BackupFile, "path">> => {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest("hex") };
};
