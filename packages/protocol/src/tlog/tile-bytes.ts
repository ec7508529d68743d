import { concat } from "../bytes.ts";
import { ProtocolError } from "../error.ts";
import { HASH_BYTES } from "./merkle.ts";
import { tilePath } from "./tiles.ts";
import type { Tile } from "./tiles.ts";

/** What a tile of hashes holds: its hashes one after the other. */
export function hashesToTile(hashes: readonly Uint8Array[]): Uint8Array {
  return concat(...hashes);
}

/** The hashes in a tile's bytes; throws `tlog.tile_length` unless there are exactly `tile.width` of them. */
export function tileToHashes(tile: Tile, bytes: Uint8Array): Uint8Array[] {
  if (bytes.length !== HASH_BYTES * tile.width) {
    const path = tilePath(tile);
    throw new ProtocolError(
      "tlog.tile_length",
      `${path} must have ${HASH_BYTES * tile.width} bytes, not ${bytes.length}`,
      { path },
    );
  }
  return Array.from({ length: tile.width }, (_, i) =>
    bytes.subarray(HASH_BYTES * i, HASH_BYTES * (i + 1)),
  );
}
