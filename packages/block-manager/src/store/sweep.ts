import { heightsOfEpoch, parseTilePath, TILE_WIDTH, tileWidth } from "@lucid/protocol";
import type { Genesis } from "@lucid/protocol";
import type { Disk } from "../disk/index.ts";
import { parseBodyPath, parseCompactPath, partialsPath, tileWithin } from "./layout.ts";
import { PARTIALS_KEPT_FOR } from "./stale-tiles.ts";
import { walk } from "./walk.ts";

/**
 * Removes what interrupted changes left: files that were not complete, and, for an appender, blocks, epochs and tiles that
 * no checkpoint covers. A follower keeps those: it has verified them and goes on from there. Answers the paths.
 */
export async function sweep(
  disk: Disk,
  { genesis, size, keepUnpublished }: { genesis: Genesis; size: number; keepUnpublished: boolean },
): Promise<string[]> {
  const useless = new Set<string>();
  for await (const path of walk(disk, "")) {
    const isUnpublished = !keepUnpublished && isBeyond(genesis, path, size);
    if (path.endsWith(".tmp") || isUnpublished) useless.add(path);
    const stale = staleFolderOf(path, size);
    if (stale !== null) useless.add(stale);
  }
  const paths = [...useless];
  await disk.remove(paths);
  return paths;
}

function isBeyond(genesis: Genesis, path: string, size: number): boolean {
  const height = parseBodyPath(path);
  if (height !== null) return height >= size;
  const epoch = parseCompactPath(path);
  if (epoch !== null) return heightsOfEpoch(genesis, epoch).to > size;
  return parseTilePath(path) !== null && tileWithin(path, size) === null;
}

/** The folder of partial tiles that a path stands in, when nobody needs it any more. */
function staleFolderOf(path: string, size: number): string | null {
  const tile = parseTilePath(path);
  if (tile === null || tile.width === TILE_WIDTH) return null;
  const isFull = tileWidth(size - PARTIALS_KEPT_FOR, tile.level, tile.index) === TILE_WIDTH;
  return isFull ? partialsPath(tile) : null;
}
