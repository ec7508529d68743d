import {
  decodeBlockEntry,
  decodeBundle,
  edgeRoot,
  EMPTY_EDGE,
  equalBytes,
  fromHex,
  leafHash,
  openCheckpoint,
  partialTiles,
  readEdge,
  TILE_WIDTH,
  tilePath,
  tileWidth,
} from "@lucid/protocol";
import type { BlockEntry, Checkpoint, Genesis, Tile, TileEdge, TreeHead } from "@lucid/protocol";
import type { Disk } from "../disk/index.ts";
import type { Head } from "./contract.ts";
import { examineEdge } from "./edge-faults.ts";
import { CHECKPOINT } from "./layout.ts";
import { StoreError } from "./store-error.ts";
import { asDamage, requireTile } from "./tile-files.ts";
import { createTileFiles } from "./tile-hashes.ts";

/** Before anything is published. */
export const EMPTY_HEAD: Head = {
  size: 0,
  root: edgeRoot(EMPTY_EDGE),
  note: new Uint8Array(0),
  edge: EMPTY_EDGE,
  latest: null,
};

/** The checkpoint in a note of this network's log; throws `store.checkpoint` when its key has not signed it. */
export function checkpointOf({ log_origin, log_key }: Genesis, note: Uint8Array): Checkpoint {
  const verdict = openCheckpoint(note, { origin: log_origin, logKey: fromHex(log_key) });
  if (verdict.ok) return verdict.checkpoint;
  throw new StoreError(
    "store.checkpoint",
    `The checkpoint is none of ${log_origin} (${verdict.code}): ${verdict.detail}`,
    { path: CHECKPOINT },
  );
}

/** What a checkpoint makes of the files on disk. Throws `store.damaged` when they do not lead to its root. */
export async function readHead(disk: Disk, genesis: Genesis, note: Uint8Array): Promise<Head> {
  const { size, root } = checkpointOf(genesis, note);
  const edge = await readEdgeOf(disk, size);
  if (!equalBytes(edgeRoot(edge), root)) throw await otherRoot(disk, { size, root });
  return { size, root, note, edge, latest: await readLatest(disk, edge) };
}

/** Names the tile at fault where the files below it tell. */
async function otherRoot(disk: Disk, head: TreeHead): Promise<StoreError> {
  const { faults } = await examineEdge(head, createTileFiles(disk, { live: false }));
  const path = faults[0]?.path ?? CHECKPOINT;
  const detail =
    path === CHECKPOINT
      ? `the tiles of size ${head.size} lead to another root than the checkpoint says`
      : `${path} does not lead to the root of the checkpoint`;
  return new StoreError("store.damaged", `${disk.name}: ${detail}; run fsck`, { path });
}

async function readEdgeOf(disk: Disk, size: number): Promise<TileEdge> {
  const bytes = new Map<string, Uint8Array>();
  for (const tile of partialTiles(size)) bytes.set(tilePath(tile), await requireTile(disk, tile));
  return asDamage(CHECKPOINT, () =>
    readEdge(size, (tile) => bytes.get(tilePath(tile)) as Uint8Array),
  );
}

/** The last entry, which must be what the last hash of the tree says. */
async function readLatest(disk: Disk, { size }: TileEdge): Promise<BlockEntry | null> {
  if (size === 0) return null;
  const index = Math.floor((size - 1) / TILE_WIDTH);
  const tileOf = (level: Tile["level"]): Tile => ({
    level,
    index,
    width: tileWidth(size, level, index),
  });
  const bundle = tileOf("entries");
  const hashes = await requireTile(disk, tileOf(0));
  const bytes = await requireTile(disk, bundle);
  return asDamage(tilePath(bundle), () => {
    const last = decodeBundle(bytes, bundle.width).at(-1) as Uint8Array;
    if (equalBytes(leafHash(last), hashes.subarray(-32))) return decodeBlockEntry(last);
    const path = tilePath(bundle);
    throw new StoreError("store.damaged", `${path} does not hold the last entry of the tree`, {
      path,
    });
  });
}
