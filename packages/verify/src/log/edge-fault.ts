import {
  edgeRoot,
  equalBytes,
  HASH_BYTES,
  leafHash,
  partialTiles,
  readEdge,
  rootOfHashes,
  TILE_WIDTH,
  tilePath,
} from "@lucid/protocol";
import type { ReadTile, Tile, TreeHead } from "@lucid/protocol";
import type { Source } from "../source.ts";
import { readBundle, splitBundle } from "./bundle-file.ts";
import { LogError } from "./log-error.ts";

type Recomputed = { tile: Tile; written: readonly Uint8Array[]; below: readonly Uint8Array[] };

/**
 * What is wrong when the right edge leads to another root than the checkpoint's: a partial tile that is not what the
 * files below it make, or else the checkpoint.
 */
export async function edgeFault(source: Source, head: TreeHead, read: ReadTile): Promise<LogError> {
  const recomputed: Recomputed[] = [];
  for (const tile of partialTiles(head.size)) {
    const written = hashesIn(read(tile) ?? new Uint8Array(0), tile.width);
    recomputed.push({ tile, written, below: await hashesBelow(source, tile, written) });
  }
  const faulty = recomputed.find(({ written, below }) => firstDifference(written, below) !== -1);
  if (faulty === undefined) return otherRoot(head);
  const { tile, written, below } = faulty;
  const height = firstLeaf(tile, firstDifference(written, below));
  const path = tilePath(tile);
  const isMended = equalBytes(rootOf(head.size, recomputed), head.root);
  const rest = isMended ? "" : ", and the checkpoint has yet another root";
  return new LogError("tile", { height, path }, `${path} is not what stands below it${rest}`);
}

/** The hashes of a partial tile by the files of the level below; its own where those say nothing. */
async function hashesBelow(
  source: Source,
  tile: Tile,
  written: readonly Uint8Array[],
): Promise<readonly Uint8Array[]> {
  if (tile.level === 0) {
    const bundle = await readBundle(source, { ...tile, level: "entries" });
    const hashes = bundle === null ? [] : splitBundle(bundle, tile.width).map(leafHash);
    return written.map((hash, i) => hashes[i] ?? hash);
  }
  const below = written.map(async (hash, i) => {
    const child = { level: (tile.level as number) - 1, index: childOf(tile, i), width: TILE_WIDTH };
    const bytes = await source.read(tilePath(child), { maxBytes: HASH_BYTES * TILE_WIDTH });
    return bytes?.length === HASH_BYTES * TILE_WIDTH
      ? rootOfHashes(hashesIn(bytes, TILE_WIDTH))
      : hash;
  });
  return await Promise.all(below);
}

function rootOf(size: number, recomputed: readonly Recomputed[]): Uint8Array {
  const bytesOf = new Map(recomputed.map(({ tile, below }) => [tilePath(tile), below]));
  const edge = readEdge(size, (tile) => joined(bytesOf.get(tilePath(tile)) ?? []));
  return edgeRoot(edge);
}

function joined(hashes: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(HASH_BYTES * hashes.length);
  for (const [i, hash] of hashes.entries()) bytes.set(hash, HASH_BYTES * i);
  return bytes;
}

function hashesIn(bytes: Uint8Array, width: number): Uint8Array[] {
  return Array.from({ length: width }, (_, i) =>
    bytes.subarray(HASH_BYTES * i, HASH_BYTES * (i + 1)),
  );
}

function firstDifference(a: readonly Uint8Array[], b: readonly Uint8Array[]): number {
  return a.findIndex((hash, i) => !equalBytes(hash, b[i] as Uint8Array));
}

function childOf({ index }: Tile, position: number): number {
  return TILE_WIDTH * index + position;
}

function firstLeaf(tile: Tile, position: number): number {
  return childOf(tile, position) * TILE_WIDTH ** (tile.level as number);
}

function otherRoot({ size }: TreeHead): LogError {
  const detail = `tiles and entries of size ${size} agree, and lead to another root than the checkpoint's`;
  return new LogError("tree", {}, detail);
}
