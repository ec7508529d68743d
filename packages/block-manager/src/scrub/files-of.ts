import {
  epochsOfHeight,
  heightsOfEpoch,
  parseTilePath,
  TILE_WIDTH,
  tilePath,
  tileWidth,
} from "@lucid/protocol";
import type { Tile } from "@lucid/protocol";
import {
  bodyPath,
  CHECKPOINT,
  compactPath,
  parseBodyPath,
  parseCompactPath,
} from "../store/index.ts";
import type { Store } from "../store/index.ts";
import { isOutgrown } from "./check-tile.ts";

/** A log is looked after in parts, each with the files of as many blocks as a bundle holds. */
export const partsOf = (size: number): number => Math.ceil(size / TILE_WIDTH);

/**
 * The paths that must be there for a part: what stands above in the tree first, for it tells what is right below. The
 * entries are read for the bodies, so their bundle must be in order by then.
 */
export async function* filesOf(store: Store, part: number): AsyncGenerator<string> {
  const { size } = store.head();
  if (part === partsOf(size) - 1) yield CHECKPOINT;
  for (const tile of tilesAbove(size, part).toReversed()) yield tilePath(tile);
  yield tilePath(tileAt(size, "entries", part));
  const { genesis } = store.network;
  const compacted = await lastCompacted(store);
  const end = Math.min(size, TILE_WIDTH * (part + 1));
  for await (const { height, entry } of store.entries(TILE_WIDTH * part, end)) {
    const needed = epochsOfHeight(genesis, height);
    for (const epoch of needed.filter((one) => one <= compacted)) {
      if (height === heightsOfEpoch(genesis, epoch).to - 1) yield compactPath(epoch);
    }
    const hasFile = needed.some((epoch) => epoch > compacted);
    if (hasFile && entry.header.body_count > 0) yield bodyPath(height);
  }
}

/** Whether a path that was to be there still is: the log may have grown since, or an epoch may have been compacted. */
export async function isNeeded(store: Store, path: string): Promise<boolean> {
  const tile = parseTilePath(path);
  if (tile !== null) return !isOutgrown(store.head(), tile);
  const height = parseBodyPath(path);
  if (height === null) return true;
  const compacted = await lastCompacted(store);
  return epochsOfHeight(store.network.genesis, height).some((epoch) => epoch > compacted);
}

/** The tile of hashes of a part, and those above that it is the last one below. */
function tilesAbove(size: number, part: number): Tile[] {
  const tiles = [tileAt(size, 0, part)];
  const isLast = part === partsOf(size) - 1;
  for (let level = 1, index = part; size >= TILE_WIDTH ** level; level++) {
    if (!isLast && (index + 1) % TILE_WIDTH !== 0) break;
    index = Math.floor(index / TILE_WIDTH);
    const tile = tileAt(size, level, index);
    if (tile.width > 0) tiles.push(tile);
  }
  return tiles;
}

function tileAt(size: number, level: Tile["level"], index: number): Tile {
  return { level, index, width: tileWidth(size, level, index) };
}

/** Epochs are compacted one after the other: up to this one (-1: none), bodies need no files. */
export async function lastCompacted(store: Store): Promise<number> {
  const { genesis } = store.network;
  const { size } = store.head();
  const items = await store.disk.list("compact");
  const epochs = items.map(({ name }) => parseCompactPath(`compact/${name}`) ?? -1);
  return Math.max(-1, ...epochs.filter((epoch) => heightsOfEpoch(genesis, epoch).to <= size));
}
