import {
  consistencyProof,
  consistencyRanges,
  createTileReader,
  tilePath,
  tilesToRead,
} from "@lucid/protocol";
import { SourceError } from "@lucid/verify";
import type { Log } from "@lucid/verify";

/**
 * What proves a split view to anybody: a consistency proof that leads to the root of a larger checkpoint and not to that
 * of ours. Nothing where the sizes are the same, for two roots say it all, or where the source does not give its tiles.
 */
export async function splitProof(log: Log, oldSize: number): Promise<Uint8Array[]> {
  const { size, root } = log.checkpoint;
  if (oldSize === 0 || oldSize >= size) return [];
  const tiles = new Map<string, Uint8Array>();
  try {
    for (const tile of tilesToRead(size, consistencyRanges(oldSize, size))) {
      const bytes = await log.source.read(tilePath(tile));
      if (bytes === null) return [];
      tiles.set(tilePath(tile), bytes);
    }
  } catch (error) {
    if (error instanceof SourceError) return [];
    throw error;
  }
  const hashOf = createTileReader({ size, root }, (tile) => tiles.get(tilePath(tile)) ?? null);
  return consistencyProof(oldSize, size, hashOf);
}
