import {
  edgeRoot,
  encodeBundle,
  grownBundles,
  growTiles,
  leafHash,
  TILE_WIDTH,
  tilePath,
} from "@lucid/protocol";
import { DiskError } from "../disk/index.ts";
import type { DiskFile } from "../disk/index.ts";
import { bodyPath, signCheckpoint, stalePartials } from "../store/index.ts";
import type { Head, Store, StoreWriter } from "../store/index.ts";
import type { PreparedBlock } from "./prepare.ts";

/** Makes blocks durable, then the checkpoint over them, which publishes them. Answers the new head. */
export async function writeBlocks(
  store: Store,
  writer: StoreWriter,
  blocks: readonly PreparedBlock[],
  { logSeed, reserveBytes }: { logSeed: Uint8Array; reserveBytes: number },
): Promise<Head> {
  const before = writer.head();
  const { edge, tiles } = growTiles(
    before.edge,
    blocks.map(({ entry }) => leafHash(entry)),
  );
  const files = [
    ...bodyFiles(blocks),
    ...(await bundleFiles(store, before.size, blocks)),
    ...tiles.map(({ tile, bytes }) => ({ path: tilePath(tile), bytes })),
  ];
  await assertRoom(store, files, reserveBytes);
  await writer.write(files);
  const root = edgeRoot(edge);
  const head = await writer.publish(
    signCheckpoint(store.network.genesis, { size: edge.size, root }, logSeed),
  );
  await writer.remove(stalePartials(before.size, head.size));
  return head;
}

/** A body without leaves has no file: its header says all there is. */
function bodyFiles(blocks: readonly PreparedBlock[]): DiskFile[] {
  return blocks
    .filter(({ leaves }) => leaves > 0)
    .map(({ height, body }) => ({ path: bodyPath(height), bytes: body }));
}

/** The bundles that are new or longer; the first of them may begin with entries that stand already. */
async function bundleFiles(
  store: Store,
  size: number,
  blocks: readonly PreparedBlock[],
): Promise<DiskFile[]> {
  const first = size - (size % TILE_WIDTH);
  const standing = first === size ? [] : await store.bundle(first / TILE_WIDTH);
  const entries = [...standing, ...blocks.map(({ entry }) => entry)];
  return grownBundles(size, size + blocks.length).map((bundle) => {
    const from = TILE_WIDTH * bundle.index - first;
    const bytes = encodeBundle(entries.slice(from, from + bundle.width));
    return { path: tilePath(bundle), bytes };
  });
}

/** Refuses before the disk does, so that room is left to clean up and to compact. */
async function assertRoom(store: Store, files: readonly DiskFile[], reserveBytes: number) {
  const free = await store.disk.freeBytes();
  const needed = files.reduce((sum, { bytes }) => sum + bytes.length, reserveBytes);
  if (free === null || free >= needed) return;
  throw new DiskError(
    "disk.full",
    store.disk.name,
    `${store.disk.name} has ${free} bytes left, but an append needs ${needed} with its reserve; free some space`,
  );
}
