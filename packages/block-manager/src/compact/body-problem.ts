import { leafHash, ProtocolError, rootOfHashes, toHex, unframeLeaves } from "@lucid/protocol";
import type { BlockHeader } from "@lucid/protocol";
import type { Pause } from "../shared/pause.ts";

const HASHES_AT_ONCE = 1024;

/**
 * Why framed leaves are not the body of a header that stands in the log; null when they are. The root settles everything
 * else: what the leaves are was checked before the block was appended.
 */
export async function problemOf(
  header: BlockHeader,
  bytes: Uint8Array,
  pause: Pause,
): Promise<string | null> {
  const leaves = leavesIn(bytes);
  if (typeof leaves === "string") return leaves;
  if (leaves.length !== header.body_count)
    return `it has ${leaves.length} leaves, not ${header.body_count}`;
  const hashes: Uint8Array[] = [];
  for (const leaf of leaves) {
    hashes.push(leafHash(leaf));
    if (hashes.length % HASHES_AT_ONCE === 0) await pause();
  }
  const isRight = toHex(rootOfHashes(hashes)) === header.body_root;
  return isRight ? null : "its leaves have another root";
}

function leavesIn(bytes: Uint8Array): Uint8Array[] | string {
  try {
    return unframeLeaves(bytes);
  } catch (error) {
    if (error instanceof ProtocolError) return error.message;
    throw error;
  }
}
