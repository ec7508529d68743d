import {
  decodeBundle,
  equalBytes,
  leafHash,
  rangeHash,
  subtreesOf,
  TILE_WIDTH,
  tilePath,
  tileWidth,
} from "@lucid/protocol";
import type { LeafRange, SubtreeHashes } from "@lucid/protocol";
import type { Disk } from "../disk/index.ts";
import { StoreError } from "./store-error.ts";
import { asDamage, requireTile } from "./tile-files.ts";

/** The entries of the bundle at an index in a tree of `size`, authenticated by that tree. */
export type BundleReader = (size: number, index: number) => Promise<readonly Uint8Array[]>;

const KEPT = 8;

/** Full bundles that were read lately stay in memory. */
export function createBundleReader(
  disk: Disk,
  subtrees: (ranges: readonly LeafRange[]) => Promise<SubtreeHashes>,
): BundleReader {
  const kept = new Map<number, readonly Uint8Array[]>();

  return async (size, index) => {
    const known = kept.get(index);
    if (known !== undefined) return known;
    const width = tileWidth(size, "entries", index);
    const entries = await readBundle(index, width);
    if (width < TILE_WIDTH) return entries;
    for (const oldest of [...kept.keys()].slice(0, kept.size - KEPT + 1)) kept.delete(oldest);
    kept.set(index, entries);
    return entries;
  };

  async function readBundle(index: number, width: number) {
    const tile = { level: "entries" as const, index, width };
    const bytes = await requireTile(disk, tile);
    const entries = asDamage(tilePath(tile), () => decodeBundle(bytes, width));
    const ours = subtreesOf(entries.map(leafHash));
    const range = { from: TILE_WIDTH * index, to: TILE_WIDTH * index + width };
    const wanted = rangeHash(range, await subtrees([range]));
    if (equalBytes(rangeHash({ from: 0, to: width }, ours), wanted)) return entries;
    const path = tilePath(tile);
    throw new StoreError("store.damaged", `${path} does not hold the entries of the tree`, {
      path,
    });
  }
}
