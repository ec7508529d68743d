import {
  decodeBlockEntry,
  equalBytes,
  inclusionProof,
  inclusionRanges,
  leafHash,
  ProtocolError,
  TILE_WIDTH,
  tilePath,
  tileWidth,
} from "@lucid/protocol";
import type { BlockEntry, SubtreeHashes, Tile } from "@lucid/protocol";
import type { Source } from "../source.ts";
import { bundleLength, readBundle, splitBundle } from "./bundle-file.ts";
import type { Log, LogEntry } from "./contract.ts";
import { LogError } from "./log-error.ts";
import { prefetch } from "./prefetch.ts";
import type { ProvenTiles } from "./tiles.ts";

const BUNDLES_AHEAD = 3;

/** A bundle as it was read, and the hashes that its entries must have. */
type ReadBundle = { tile: Tile; first: number; bytes: Uint8Array | null; hashOf: SubtreeHashes };

/** The entries of the tree of `size` leaves. */
export function createEntries(
  source: Source,
  tiles: ProvenTiles,
  size: number,
): Pick<Log, "entries" | "entry"> {
  const load = async (index: number, signal: AbortSignal): Promise<ReadBundle> => {
    const first = TILE_WIDTH * index;
    const tile: Tile = { level: "entries", index, width: tileWidth(size, "entries", index) };
    const [bytes, hashOf] = await Promise.all([
      readBundle(source, tile, signal),
      tiles.read([{ from: first, to: first + 1 }]),
    ]);
    return { tile, first, bytes, hashOf };
  };

  async function* entries(from: number, to: number): AsyncGenerator<LogEntry> {
    assertRange({ from, to }, size);
    for await (const bundle of prefetch(bundlesOf(from, to), BUNDLES_AHEAD, load)) {
      const until = Math.min(to, bundle.first + bundle.tile.width);
      yield* provenEntries(bundle, Math.max(from, bundle.first), until);
    }
  }

  return {
    entries,
    async entry(height) {
      const hashOf = await tiles.read(provingRanges(height, size));
      for await (const found of entries(height, height + 1)) {
        return { ...found, proof: inclusionProof(height, size, hashOf) };
      }
      throw outOfRange(height, size);
    },
  };
}

/** Throws `range` unless these heights stand in a log of `size` blocks. */
export function assertRange({ from, to }: { from: number; to: number }, size: number): void {
  const isRange = Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && from <= to;
  if (!isRange || to > size) throw outOfRange(from >= 0 && from < size ? to - 1 : from, size);
}

function provingRanges(height: number, size: number) {
  assertRange({ from: height, to: height + 1 }, size);
  return inclusionRanges(height, size);
}

function outOfRange(height: number, size: number): LogError {
  const detail = `there is no block at height ${height}: the checkpoint is one of ${size} blocks`;
  return new LogError("range", { height }, detail);
}

function* bundlesOf(from: number, to: number): Generator<number> {
  for (let index = Math.floor(from / TILE_WIDTH); TILE_WIDTH * index < to; index++) yield index;
}

function* provenEntries(bundle: ReadBundle, from: number, to: number): Generator<LogEntry> {
  const { tile, first, bytes, hashOf } = bundle;
  const path = tilePath(tile);
  const place = { height: from, path };
  if (bytes === null) throw new LogError("bundle_missing", place, `${path} is not there`);
  const entries = splitBundle(bytes, tile.width);
  for (let height = from; height < to; height++) {
    const entry = entries[height - first];
    if (entry === undefined || !equalBytes(leafHash(entry), hashOf({ level: 0, index: height }))) {
      const detail = `${path} does not hold the entry that the tree has at ${height}`;
      throw new LogError("bundle", { height, path }, detail);
    }
    yield { height, bytes: entry, entry: decodeEntry(entry, height, path) };
  }
  if (bundleLength(entries) === bytes.length) return;
  throw new LogError("bundle", place, `${path} holds more than its ${tile.width} entries`);
}

function decodeEntry(bytes: Uint8Array, height: number, path: string): BlockEntry {
  try {
    return decodeBlockEntry(bytes);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    const detail = `the entry at ${height} is no block: ${error.message}`;
    throw new LogError("entry", { height, path }, detail, { cause: error });
  }
}
