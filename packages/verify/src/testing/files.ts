import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  encodeBundle,
  grownBundles,
  growTiles,
  EMPTY_EDGE,
  leafHash,
  tilePath,
} from "@lucid/protocol";
import type { Source } from "../source.ts";

/** The files of a directory by their paths. */
export type Files = Map<string, Uint8Array>;

/** Tiles and bundles as a log leaves them that grew through these sizes, the last of them its whole length. */
export function treeFiles(entries: readonly Uint8Array[], sizes = [entries.length]): Files {
  const files: Files = new Map();
  const hashes = entries.map(leafHash);
  let edge = EMPTY_EDGE;
  for (const size of sizes) {
    for (const bundle of grownBundles(edge.size, size)) {
      const from = 256 * bundle.index;
      files.set(tilePath(bundle), encodeBundle(entries.slice(from, from + bundle.width)));
    }
    const grown = growTiles(edge, hashes.slice(edge.size, size));
    for (const { tile, bytes } of grown.tiles) files.set(tilePath(tile), bytes);
    edge = grown.edge;
  }
  return files;
}

/** Writes files into a directory. */
export async function writeFiles(dir: string, files: Files): Promise<void> {
  for (const [path, bytes] of files) {
    const file = join(dir, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
}

/** Files as a source; what is put into the map later is there too. */
export function filesToSource(files: Files): Source {
  return { name: "memory", read: async (path) => files.get(path)?.slice() ?? null };
}

/** Everything that a stream yields. */
export async function readAll<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const read: Item[] = [];
  for await (const item of items) read.push(item);
  return read;
}
