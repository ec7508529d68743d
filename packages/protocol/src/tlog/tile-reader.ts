import { equalBytes } from "../bytes.ts";
import { ProtocolError } from "../error.ts";
import { rootOfHashes } from "./merkle.ts";
import { perfectSubtrees } from "./subtrees.ts";
import type { LeafRange, Subtree, SubtreeHashes } from "./subtrees.ts";
import { tileToHashes } from "./tile-bytes.ts";
import { edgeRoot, readEdge } from "./tile-edge.ts";
import { partialTiles, TILE_WIDTH, tilePath, tileWidth } from "./tiles.ts";
import type { Tile } from "./tiles.ts";

const TILE_HEIGHT = 8; // 256 = 2^8

/** A tree's size and root, as a verified checkpoint gives them. */
export type TreeHead = { size: number; root: Uint8Array };

/** The bytes of a tile, null when the source does not have it. */
export type ReadTile = (tile: Tile) => Uint8Array | null;

/**
 * Every tile that `createTileReader` will read for these ranges (of `inclusionRanges` or `consistencyRanges`): the
 * tiles that hold them, those above up to the right edge, and the right edge. Fetch them, then compute.
 */
export function tilesToRead(size: number, ranges: readonly LeafRange[]): Tile[] {
  const found = new Map(partialTiles(size).map((tile) => [tilePath(tile), tile]));
  for (const subtree of ranges.flatMap(perfectSubtrees)) {
    let tile = tileHolding(size, subtree);
    while (tile.width === TILE_WIDTH && !found.has(tilePath(tile))) {
      found.set(tilePath(tile), tile);
      tile = tileAbove(size, tile);
    }
  }
  return [...found.values()];
}

/**
 * The subtrees of a tree read from tiles, none of which is believed: the right edge must fold to `root`, and each
 * full tile must hash to what stands in the tile above it.
 *
 * Throws `tlog.root` when the right edge has another root; the answer throws `tlog.tile` for a tile that does not
 * hash to its parent, `tlog.tile_length` and `tlog.tile_missing`, each with `details.path`.
 */
export function createTileReader({ size, root }: TreeHead, read: ReadTile): SubtreeHashes {
  const bytesOf = (tile: Tile) => read(tile) ?? missing(tile);
  const edge = readEdge(size, bytesOf);
  if (!equalBytes(edgeRoot(edge), root)) {
    throw new ProtocolError("tlog.root", `the tiles of size ${size} lead to another root`, {
      size,
    });
  }
  const verified = new Map<string, readonly Uint8Array[]>();

  const hashesOf = (tile: Tile): readonly Uint8Array[] => {
    if (tile.width < TILE_WIDTH) return edge.levels[tile.level as number] as Uint8Array[];
    const path = tilePath(tile);
    const known = verified.get(path);
    if (known !== undefined) return known;
    const hashes = tileToHashes(tile, bytesOf(tile));
    const above = hashesOf(tileAbove(size, tile));
    if (!equalBytes(rootOfHashes(hashes), above[tile.index % TILE_WIDTH] as Uint8Array)) {
      throw new ProtocolError("tlog.tile", `${path} is not the tile that the tree has`, { path });
    }
    verified.set(path, hashes);
    return hashes;
  };

  return (subtree) => {
    const width = 2 ** (subtree.level % TILE_HEIGHT);
    const from = (subtree.index * width) % TILE_WIDTH;
    return rootOfHashes(hashesOf(tileHolding(size, subtree)).slice(from, from + width));
  };
}

/** The tile in whose hashes a subtree begins; throws `tlog.range` when the tree does not have all of it. */
function tileHolding(size: number, { level, index }: Subtree): Tile {
  if ((index + 1) * 2 ** level > size) {
    throw new ProtocolError(
      "tlog.range",
      `a tree of ${size} leaves has no subtree ${level}/${index}`,
    );
  }
  const width = 2 ** (level % TILE_HEIGHT);
  return tileAt(size, Math.floor(level / TILE_HEIGHT), Math.floor((index * width) / TILE_WIDTH));
}

/** The tile that holds the root of a full tile. */
function tileAbove(size: number, { level, index }: Tile): Tile {
  return tileAt(size, (level as number) + 1, Math.floor(index / TILE_WIDTH));
}

function tileAt(size: number, level: number, index: number): Tile {
  return { level, index, width: tileWidth(size, level, index) };
}

function missing(tile: Tile): never {
  const path = tilePath(tile);
  throw new ProtocolError("tlog.tile_missing", `${path} is not there`, { path });
}
