import {
  concat,
  encodeBody,
  encodeBundle,
  parseTilePath,
  rootOfHashes,
  TILE_WIDTH,
  tilePath,
} from "@lucid/protocol";
import type { Tile } from "@lucid/protocol";
import { LogError, openLog, SourceError } from "@lucid/verify";
import type { Log, Source } from "@lucid/verify";
import { compactEpoch } from "../compact/index.ts";
import type { Bodies } from "../compact/index.ts";
import type { Pause } from "../shared/pause.ts";
import { parseBodyPath, parseCompactPath, StoreError } from "../store/index.ts";
import type { Store } from "../store/index.ts";
import { edgeTile, hashesIn } from "./check-tile.ts";

/** Bytes that may be the file at a path, and where they come from; whoever takes them checks them. */
export type Replacement = { from: string; bytes: Uint8Array };

type Deps = { store: Store; bodies: Bodies; sources: readonly Source[] };

/** What a lost file may be replaced by: first what follows from our other files, then what peers have. */
export async function* replacementsOf(
  { store, bodies, sources }: Deps,
  path: string,
  pause: Pause,
): AsyncGenerator<Replacement> {
  const own = await orNull(() => ownReplacement({ store, bodies }, path, pause));
  if (own !== null) yield { from: "our other files", bytes: own };
  for (const source of sources) {
    const bytes = await orNull(() => peerReplacement(store, source, path, pause));
    if (bytes !== null) yield { from: source.name, bytes };
  }
}

async function ownReplacement(
  { store, bodies }: Omit<Deps, "sources">,
  path: string,
  pause: Pause,
): Promise<Uint8Array | null> {
  const tile = parseTilePath(path);
  if (tile !== null) return tile.level === "entries" ? null : tileFromBelow(store, tile);
  const epoch = parseCompactPath(path);
  if (epoch !== null) return compactEpoch(store.network, bodies, epoch, pause);
  const height = parseBodyPath(path);
  return height === null ? null : bodies.bodyAt(height);
}

/** A tile of hashes from the right edge in memory, from its bundle, or from the tiles below it. */
async function tileFromBelow(store: Store, tile: Tile): Promise<Uint8Array | null> {
  const level = tile.level as number;
  if (tile.width < TILE_WIDTH) return edgeTile(store.head(), tile);
  if (level === 0) {
    const bundle: Tile = { ...tile, level: "entries" };
    const hashes = await hashesAt(store, bundle);
    return hashes === null ? null : concat(...hashes);
  }
  const roots: Uint8Array[] = [];
  for (let i = 0; i < TILE_WIDTH; i++) {
    const index = TILE_WIDTH * tile.index + i;
    const hashes = await hashesAt(store, { level: level - 1, index, width: TILE_WIDTH });
    if (hashes === null) return null;
    roots.push(rootOfHashes(hashes));
  }
  return concat(...roots);
}

async function hashesAt({ disk }: Store, tile: Tile): Promise<Uint8Array[] | null> {
  const bytes = await disk.read(tilePath(tile));
  return bytes === null ? null : hashesIn(tile, bytes);
}

async function peerReplacement(
  store: Store,
  source: Source,
  path: string,
  pause: Pause,
): Promise<Uint8Array | null> {
  const { network } = store;
  const log = await openLog(source, { networkId: network.networkId });
  const bodyAt = async (height: number) =>
    encodeBody(await log.body((await store.entry(height)).entry.header));
  const tile = parseTilePath(path);
  if (tile?.level === "entries") return bundleOf(log, tile);
  const height = parseBodyPath(path);
  if (height !== null) return bodyAt(height);
  const epoch = parseCompactPath(path);
  const file = await source.read(path);
  return file === null && epoch !== null ? compactEpoch(network, { bodyAt }, epoch, pause) : file;
}

/** In the width that we need, whatever the width of the peer's file is. */
async function bundleOf(log: Log, { index, width }: Tile): Promise<Uint8Array> {
  const from = TILE_WIDTH * index;
  const entries: Uint8Array[] = [];
  for await (const { bytes } of log.entries(from, from + width)) entries.push(bytes);
  return encodeBundle(entries);
}

/** Null for what a damaged file or a peer cannot give; other faults pass. */
async function orNull(make: () => Promise<Uint8Array | null>): Promise<Uint8Array | null> {
  try {
    return await make();
  } catch (error) {
    const isNone =
      error instanceof LogError ||
      error instanceof SourceError ||
      (error instanceof StoreError && error.code === "store.damaged");
    if (isNone) return null;
    throw error;
  }
}
