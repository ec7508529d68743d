import {
  createTileReader,
  decodeBlockEntry,
  edgeRoot,
  EMPTY_EDGE,
  rangeHash,
  TILE_WIDTH,
  tilePath,
  tilesToRead,
  tileWidth,
} from "@lucid/protocol";
import type { LeafRange, SubtreeHashes } from "@lucid/protocol";
import type { Disk } from "../disk/index.ts";
import { createBundleReader } from "./bundle-reader.ts";
import type { Head, Store, StoredEntry } from "./contract.ts";
import { bodyPath, CHECKPOINT } from "./layout.ts";
import { StoreError } from "./store-error.ts";
import { asDamage, readTile } from "./tile-files.ts";

/** What can be read of the published tree. */
export type StoreReads = Pick<
  Store,
  "entries" | "entry" | "bundle" | "body" | "tile" | "subtrees" | "rootAt"
>;

export function createReads(disk: Disk, head: () => Head): StoreReads {
  const readBundle = createBundleReader(disk, (ranges) => subtrees(ranges));

  async function subtrees(ranges: readonly LeafRange[]): Promise<SubtreeHashes> {
    const { size, root } = head();
    const bytes = new Map<string, Uint8Array | null>();
    for (const tile of tilesToRead(size, ranges))
      bytes.set(tilePath(tile), await readTile(disk, tile));
    const hashOf = asDamage(CHECKPOINT, () =>
      createTileReader({ size, root }, (tile) => bytes.get(tilePath(tile)) ?? null),
    );
    return (subtree) => asDamage(CHECKPOINT, () => hashOf(subtree));
  }

  async function* entries(from: number, to: number): AsyncGenerator<StoredEntry> {
    const { size } = head();
    assertWithin(from, to, size);
    for (let height = from; height < to;) {
      const index = Math.floor(height / TILE_WIDTH);
      const bundle = await readBundle(size, index);
      const end = Math.min(to, TILE_WIDTH * index + bundle.length);
      for (; height < end; height++) {
        const bytes = bundle[height % TILE_WIDTH] as Uint8Array;
        yield { height, bytes, entry: decodeBlockEntry(bytes) };
      }
    }
  }

  return {
    subtrees,
    entries,

    bundle: async (index) => {
      assertWithin(TILE_WIDTH * index, TILE_WIDTH * index + 1, head().size);
      return readBundle(head().size, index);
    },

    entry: async (height) => {
      for await (const found of entries(height, height + 1)) return found;
      throw outOfRange(height, head().size);
    },

    body: async (height) => {
      for await (const { entry } of entries(height, height + 1)) {
        if (entry.header.body_count === 0) return new Uint8Array(0);
      }
      return disk.read(bodyPath(height));
    },

    tile: async (tile) => {
      const width = tileWidth(head().size, tile.level, tile.index);
      return tile.width <= width ? readTile(disk, tile, width) : null;
    },

    rootAt: async (size) => {
      assertWithin(0, size, head().size);
      const whole = { from: 0, to: size };
      return size === 0 ? edgeRoot(EMPTY_EDGE) : rangeHash(whole, await subtrees([whole]));
    },
  };
}

function assertWithin(from: number, to: number, size: number): void {
  const isRange = Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to;
  if (isRange && to <= size) return;
  throw outOfRange(to - 1, size);
}

function outOfRange(height: number, size: number): StoreError {
  return new StoreError(
    "store.range",
    `The log has ${size} blocks; there is none at height ${height}`,
  );
}
