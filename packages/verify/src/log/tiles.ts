import {
  createTileReader,
  parseTilePath,
  ProtocolError,
  TILE_WIDTH,
  tilePath,
  tilesToRead,
} from "@lucid/protocol";
import type { LeafRange, Subtree, SubtreeHashes, Tile, TreeHead } from "@lucid/protocol";
import type { Source } from "../source.ts";
import { edgeFault } from "./edge-fault.ts";
import { LogError } from "./log-error.ts";
import type { LogPlace } from "./log-error.ts";

const HASH_BYTES = 32;
const MAX_TILES_KEPT = 320; // a full tile of level 1 with its 256 leaf tiles

/** The hashes of a tree's perfect subtrees, read from tiles and proven up to the root of its checkpoint. */
export type ProvenTiles = {
  /**
   * Fetches what the hashes in these ranges need. Throws `tile` (a tile that is not the tree's), `tile_missing`, `tree`;
   * so does what it answers.
   */
  read(ranges: readonly LeafRange[]): Promise<SubtreeHashes>;
};

/** A generation of tiles that are kept until there are too many. */
type Kept = {
  loads: Map<string, Promise<void>>;
  tiles: Map<string, Uint8Array | null>;
  hashOf: SubtreeHashes | null;
};

export function createProvenTiles(source: Source, head: TreeHead): ProvenTiles {
  const begin = (): Kept => ({ loads: new Map(), tiles: new Map(), hashOf: null });
  let current = begin();

  const load = (kept: Kept, tile: Tile): Promise<void> => {
    const path = tilePath(tile);
    const known = kept.loads.get(path);
    if (known !== undefined) return known;
    const loading = readTile(source, tile).then(
      (bytes) => void kept.tiles.set(path, bytes),
      (error: unknown) => {
        kept.loads.delete(path); // asked again, it may be there
        throw error;
      },
    );
    kept.loads.set(path, loading);
    return loading;
  };

  return {
    async read(ranges) {
      if (current.loads.size > MAX_TILES_KEPT) current = begin();
      const kept = current;
      await Promise.all(tilesToRead(head.size, ranges).map((tile) => load(kept, tile)));
      const readKept = (tile: Tile) => kept.tiles.get(tilePath(tile)) ?? null;
      try {
        kept.hashOf ??= createTileReader(head, readKept);
      } catch (error) {
        if (isProtocolError(error, "tlog.root")) throw await edgeFault(source, head, readKept);
        throw toLogError(error);
      }
      return withLogErrors(kept.hashOf);
    },
  };
}

/** A tile's bytes; a partial one may be gone when the full one is there, which begins with the same hashes. */
async function readTile(source: Source, tile: Tile): Promise<Uint8Array | null> {
  const maxBytes = HASH_BYTES * TILE_WIDTH;
  const bytes = await source.read(tilePath(tile), { maxBytes });
  if (bytes !== null || tile.width === TILE_WIDTH) return bytes;
  const full = await source.read(tilePath({ ...tile, width: TILE_WIDTH }), { maxBytes });
  return full?.subarray(0, HASH_BYTES * tile.width) ?? null;
}

function withLogErrors(hashOf: SubtreeHashes): SubtreeHashes {
  return (subtree: Subtree) => {
    try {
      return hashOf(subtree);
    } catch (error) {
      throw toLogError(error);
    }
  };
}

function toLogError(error: unknown): unknown {
  if (!(error instanceof ProtocolError)) return error;
  const { path } = error.details as { path?: string };
  const code = error.code === "tlog.tile_missing" ? "tile_missing" : "tile";
  return new LogError(code, placeOfTile(path), error.message, { cause: error });
}

/** Of a full tile only the whole is known by the one above: the first height that it covers stands for it. */
function placeOfTile(path = ""): LogPlace {
  const tile = parseTilePath(path);
  return tile === null
    ? {}
    : { height: TILE_WIDTH * tile.index * TILE_WIDTH ** Number(tile.level), path };
}

function isProtocolError(error: unknown, code: string): boolean {
  return error instanceof ProtocolError && error.code === code;
}
