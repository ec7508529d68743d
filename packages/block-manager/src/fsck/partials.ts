import { equalBytes, TILE_WIDTH, tileWidth } from "@lucid/protocol";
import type { Tile } from "@lucid/protocol";
import { PARTIALS_KEPT_FOR } from "../store/index.ts";
import { bundleProblem } from "./bundles.ts";
import type { TileFiles } from "../store/index.ts";
import type { CheckedTree } from "./tree.ts";

/** Whether a partial file is one that the next start sweeps away, for the full one has long been there. */
export const isStale = (size: number, { level, index }: Tile): boolean =>
  tileWidth(size - PARTIALS_KEPT_FOR, level, index) === TILE_WIDTH;

/**
 * What is wrong with the partial file of an earlier size; null when the tree still begins like it, and when nobody can
 * say, for then the tile itself is named.
 */
export async function partialProblem(
  tile: Tile,
  { files, tree }: { files: TileFiles; tree: CheckedTree },
): Promise<string | null> {
  const level = tile.level === "entries" ? 0 : tile.level;
  const hashes = (await tree.hashes(level, tile.index))?.slice(0, tile.width) ?? null;
  if (hashes === null) return null;
  if (tile.level === "entries") return bundleProblem(await files.entries(tile), hashes);
  const written = await files.written(tile);
  const isRight =
    written?.length === tile.width &&
    written.every((hash, i) => equalBytes(hash, hashes[i] as Uint8Array));
  return isRight ? null : "the tree does not begin like this tile of an earlier size";
}
