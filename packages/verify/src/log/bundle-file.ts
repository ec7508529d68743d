import { TILE_WIDTH, tilePath } from "@lucid/protocol";
import type { Tile } from "@lucid/protocol";
import type { Source } from "../source.ts";

const LENGTH_BYTES = 2;
const MAX_BUNDLE_BYTES = TILE_WIDTH * (LENGTH_BYTES + 0xffff);

/**
 * The bytes of a bundle, null when there is none: a partial one may be gone when the full
 * one is there, which begins with the same entries.
 */
export async function readBundle(
  source: Source,
  bundle: Tile,
  signal?: AbortSignal,
): Promise<Uint8Array | null> {
  const options = { maxBytes: MAX_BUNDLE_BYTES, ...(signal === undefined ? {} : { signal }) };
  const bytes = await source.read(tilePath(bundle), options);
  if (bytes !== null || bundle.width === TILE_WIDTH) return bytes;
  const full = await source.read(tilePath({ ...bundle, width: TILE_WIDTH }), options);
  return full?.subarray(0, bundleLength(splitBundle(full, bundle.width))) ?? null;
}

/** How many bytes a bundle of these entries has. */
export function bundleLength(entries: readonly Uint8Array[]): number {
  return entries.reduce((sum, { length }) => sum + LENGTH_BYTES + length, 0);
}

/** The first entries of a bundle, at most `width`: fewer when it ends before, or within one. */
export function splitBundle(bytes: Uint8Array, width: number): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries: Uint8Array[] = [];
  let at = 0;
  while (entries.length < width && at + LENGTH_BYTES <= bytes.length) {
    const from = at + LENGTH_BYTES;
    at = from + view.getUint16(at);
    if (at > bytes.length) break;
    entries.push(bytes.subarray(from, at));
  }
  return entries;
}
