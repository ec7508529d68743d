import { concat } from "../bytes.ts";
import { ProtocolError } from "../error.ts";
import { TILE_WIDTH } from "./tiles.ts";

const LENGTH_BYTES = 2;
const MAX_ENTRY_BYTES = 0xffff;

/**
 * Entries as they stand in a bundle: each after its length in two bytes, big-endian. More entries of one bundle are
 * simply written behind. Throws `tlog.entry_length` above 65535 bytes, which two bytes cannot say.
 */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  return concat(...entries.flatMap((entry) => [entryLength(entry), entry]));
}

/** The entries of a bundle; throws `tlog.bundle` unless it holds exactly `width` of them (1 to 256) and nothing else. */
export function decodeBundle(bytes: Uint8Array, width: number): Uint8Array[] {
  if (!Number.isInteger(width) || width < 1 || width > TILE_WIDTH) {
    throw malformed(`a bundle holds 1 to ${TILE_WIDTH} entries, not ${width}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + LENGTH_BYTES > bytes.length) throw malformed("the last entry has half a length");
    const from = at + LENGTH_BYTES;
    at = from + view.getUint16(at);
    if (at > bytes.length) throw malformed(`entry ${entries.length} ends after the bundle`);
    entries.push(bytes.subarray(from, at));
  }
  if (entries.length !== width) throw malformed(`it holds ${entries.length} entries, not ${width}`);
  return entries;
}

function entryLength({ length }: Uint8Array): Uint8Array {
  if (length > MAX_ENTRY_BYTES) {
    throw new ProtocolError(
      "tlog.entry_length",
      `an entry has at most ${MAX_ENTRY_BYTES} bytes, not ${length}`,
    );
  }
  return Uint8Array.of(length >> 8, length & 0xff);
}

function malformed(detail: string): ProtocolError {
  return new ProtocolError("tlog.bundle", `the entry bundle is malformed: ${detail}`);
}
