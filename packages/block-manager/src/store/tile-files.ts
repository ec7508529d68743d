import { decodeBundle, encodeBundle, ProtocolError, TILE_WIDTH, tilePath } from "@lucid/protocol";
import type { Tile } from "@lucid/protocol";
import type { Disk } from "../disk/index.ts";
import { StoreError } from "./store-error.ts";

const HASH_BYTES = 32;

/** A tile or bundle as a tree has it, cut from a wider one when its own form is not there; null when neither is. */
export async function readTile(
  disk: Disk,
  tile: Tile,
  wider = TILE_WIDTH,
): Promise<Uint8Array | null> {
  const found = await disk.read(tilePath(tile));
  if (found !== null || tile.width === wider) return found;
  const whole = { ...tile, width: wider };
  const bytes = await disk.read(tilePath(whole));
  return bytes && cut(tile, whole, bytes);
}

/** Throws `store.damaged` when it is not there. */
export async function requireTile(disk: Disk, tile: Tile): Promise<Uint8Array> {
  const found = await readTile(disk, tile);
  if (found !== null) return found;
  const path = tilePath(tile);
  throw new StoreError("store.damaged", `${disk.name}/${path} is not there`, { path });
}

function cut({ level, width }: Tile, whole: Tile, bytes: Uint8Array): Uint8Array {
  if (level !== "entries") return bytes.subarray(0, HASH_BYTES * width);
  return asDamage(tilePath(whole), () =>
    encodeBundle(decodeBundle(bytes, whole.width).slice(0, width)),
  );
}

/** What the protocol refuses in a file is damage of the file: of `details.path` when it says so. */
export function asDamage<Result>(path: string, read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause;
    const { path: named } = cause.details;
    const place = typeof named === "string" ? named : path;
    throw new StoreError("store.damaged", `${place} is damaged: ${cause.message}`, {
      path: place,
      cause,
    });
  }
}
