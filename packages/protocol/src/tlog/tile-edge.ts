import { rootOfHashes } from "./merkle.ts";
import { foldRight, perfectSubtrees } from "./subtrees.ts";
import { hashesToTile, tileToHashes } from "./tile-bytes.ts";
import { partialTiles, TILE_WIDTH } from "./tiles.ts";
import type { Tile } from "./tiles.ts";

/** The right edge of a tiled tree: by tile level, the hashes of its partial tile. What an appender must remember. */
export type TileEdge = { size: number; levels: readonly (readonly Uint8Array[])[] };

/** The log without entries. */
export const EMPTY_EDGE: TileEdge = { size: 0, levels: [] };

/** A tile with what it holds. */
export type WrittenTile = { tile: Tile; bytes: Uint8Array };

/**
 * The edge of a tree from its partial tiles. `read` answers a tile's bytes.
 * Throws `tlog.tile_length`, and what `read` throws.
 */
export function readEdge(size: number, read: (tile: Tile) => Uint8Array): TileEdge {
  const levels: Uint8Array[][] = [];
  for (const tile of partialTiles(size))
    levels[tile.level as number] = tileToHashes(tile, read(tile));
  return { size, levels: Array.from(levels, (hashes) => hashes ?? []) };
}

/** The root of the tree behind an edge. */
export function edgeRoot({ levels }: TileEdge): Uint8Array {
  return foldRight(levels.toReversed().flatMap(perfectRoots));
}

/**
 * Appends leaves, given by their hashes, and answers the new edge and the tiles to write, which are `grownTiles` of
 * the two sizes. They, and the bundles, MUST be durable before a checkpoint of the new size is published.
 */
export function growTiles(
  { size, levels }: TileEdge,
  leafHashes: readonly Uint8Array[],
): { edge: TileEdge; tiles: WrittenTile[] } {
  const grown = [...levels];
  const tiles: WrittenTile[] = [];
  let incoming = leafHashes;
  for (let level = 0; incoming.length > 0; level++) {
    const known = grown[level] ?? [];
    const first = Math.floor(size / TILE_WIDTH ** (level + 1));
    const chunks = chunksOf([...known, ...incoming]);
    for (const [i, hashes] of chunks.entries()) {
      const tile = { level, index: first + i, width: hashes.length };
      tiles.push({ tile, bytes: hashesToTile(hashes) });
    }
    grown[level] = chunks.find(({ length }) => length < TILE_WIDTH) ?? [];
    incoming = chunks.filter(({ length }) => length === TILE_WIDTH).map(rootOfHashes);
  }
  return { edge: { size: size + leafHashes.length, levels: grown }, tiles };
}

/** A partial tile is never hashed upwards as one: it is a row of perfect subtrees. */
function perfectRoots(hashes: readonly Uint8Array[]): Uint8Array[] {
  return perfectSubtrees({ from: 0, to: hashes.length }).map(({ level, index }) =>
    rootOfHashes(hashes.slice(index * 2 ** level, (index + 1) * 2 ** level)),
  );
}

function chunksOf(hashes: readonly Uint8Array[]): Uint8Array[][] {
  return Array.from({ length: Math.ceil(hashes.length / TILE_WIDTH) }, (_, i) =>
    hashes.slice(TILE_WIDTH * i, TILE_WIDTH * (i + 1)),
  );
}
