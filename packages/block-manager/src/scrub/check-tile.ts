import {
  concat,
  decodeBundle,
  equalBytes,
  leafHash,
  ProtocolError,
  rootOfHashes,
  TILE_WIDTH,
  tileWidth,
} from "@lucid/protocol";
import type { Tile } from "@lucid/protocol";
import type { Head, Store } from "../store/index.ts";

const HASH_BYTES = 32;
const TILE_HEIGHT = 8; // 256 = 2^8

/**
 * What is wrong with the bytes of a tile or bundle of the published tree, in its whole width; null when they are its.
 * Throws `store.damaged` for the tile above when that cannot tell.
 */
export async function tileProblem(
  store: Store,
  tile: Tile,
  bytes: Uint8Array,
): Promise<string | null> {
  const level = tile.level === "entries" ? 0 : tile.level;
  const hashes = hashesIn(tile, bytes);
  if (hashes === null) return `it does not hold ${tile.width} ${nounOf(tile)}`;
  if (isOutgrown(store.head(), tile)) return null;
  const isRight =
    tile.width < TILE_WIDTH
      ? equalBytes(concat(...hashes), edgeTile(store.head(), tile))
      : equalBytes(rootOfHashes(hashes), await rootOf(store, level, tile.index));
  return isRight ? null : `its ${nounOf(tile)} are not those of the tree`;
}

/** What a partial tile of hashes must hold, from the right edge that is in memory. */
export function edgeTile({ edge }: Head, { level, width }: Tile): Uint8Array {
  const hashes = edge.levels[level === "entries" ? 0 : level] ?? [];
  return concat(...hashes.slice(0, width));
}

/** Whether the log has grown since, so that a wider tile is read in its place. */
export function isOutgrown({ size }: Head, { level, index, width }: Tile): boolean {
  return width < tileWidth(size, level, index);
}

/** The hashes of leaves or subtrees that a tile or bundle holds; null when it is malformed. */
export function hashesIn(tile: Tile, bytes: Uint8Array): Uint8Array[] | null {
  if (tile.level === "entries") return entriesIn(bytes, tile.width)?.map(leafHash) ?? null;
  if (bytes.length !== HASH_BYTES * tile.width) return null;
  return Array.from({ length: tile.width }, (_, i) =>
    bytes.subarray(HASH_BYTES * i, HASH_BYTES * (i + 1)),
  );
}

function entriesIn(bytes: Uint8Array, width: number): Uint8Array[] | null {
  try {
    return decodeBundle(bytes, width);
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}

/** The root of a full tile, as the tile above it says. */
async function rootOf(store: Store, level: number, index: number): Promise<Uint8Array> {
  const leaves = TILE_WIDTH ** (level + 1);
  const range = { from: index * leaves, to: (index + 1) * leaves };
  const hashOf = await store.subtrees([range]);
  return hashOf({ level: TILE_HEIGHT * (level + 1), index });
}

function nounOf({ level }: Tile): string {
  return level === "entries" ? "entries" : "hashes";
}
