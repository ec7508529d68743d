import {
  decodeBundle,
  leafHash,
  ProtocolError,
  rootOfHashes,
  TILE_WIDTH,
  tilePath,
} from "@lucid/protocol";
import type { Tile } from "@lucid/protocol";
import type { Disk } from "../disk/index.ts";
import { readTile } from "./tile-files.ts";

export type Hashes = readonly Uint8Array[];

const HASH_BYTES = 32;

/** What lies on the disk, none of it believed. */
export type TileFiles = {
  /** The hashes of a tile as its file has them; null when it is not there, empty when it has another length. */
  written(tile: Tile): Promise<Hashes | null>;
  /** The hashes of a tile as the files of the level below make them; null when one of those is none. */
  below(tile: Tile): Promise<Hashes | null>;
  /** The entries of a bundle; null when it is not there, empty when it is none. */
  entries(tile: Tile): Promise<Hashes | null>;
};

/** `live`: a partial file may have given way to the full one. */
export function createTileFiles(disk: Disk, { live }: { live: boolean }): TileFiles {
  const read = (tile: Tile) => (live ? readTile(disk, tile) : disk.read(tilePath(tile)));

  async function written(tile: Tile): Promise<Hashes | null> {
    const bytes = await read(tile);
    if (bytes === null) return null;
    if (bytes.length !== HASH_BYTES * tile.width) return [];
    return Array.from({ length: tile.width }, (_, i) =>
      bytes.subarray(HASH_BYTES * i, HASH_BYTES * (i + 1)),
    );
  }

  async function entries(tile: Tile): Promise<Hashes | null> {
    const bytes = await read({ ...tile, level: "entries" });
    return bytes === null ? null : entriesIn(bytes, tile.width);
  }

  async function below(tile: Tile): Promise<Hashes | null> {
    if (tile.level === 0) {
      const found = await entries(tile);
      return found === null || found.length === 0 ? null : found.map(leafHash);
    }
    const roots: Uint8Array[] = [];
    for (let i = 0; i < tile.width; i++) {
      const child = {
        level: (tile.level as number) - 1,
        index: TILE_WIDTH * tile.index + i,
        width: TILE_WIDTH,
      };
      const hashes = await written(child);
      if (hashes?.length !== TILE_WIDTH) return null;
      roots.push(rootOfHashes(hashes));
    }
    return roots;
  }

  return { written, below, entries };
}

function entriesIn(bytes: Uint8Array, width: number): Hashes {
  try {
    return decodeBundle(bytes, width);
  } catch (error) {
    if (error instanceof ProtocolError) return [];
    throw error;
  }
}
