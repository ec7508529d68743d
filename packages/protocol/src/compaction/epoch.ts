import { compareBytes, concat, equalBytes, firstSafeU64, u64, utf8 } from "../bytes.ts";
import { compactEpoch, compactEpochLength, parseCompactEpoch } from "../beacons/compaction.ts";
import type { CompactEpoch } from "../beacons/compaction.ts";
import { frameLeaves, unframeLeaves } from "../body/codec.ts";
import { ProtocolError } from "../error.ts";

/** An epoch of one node's beacons and the commitment they follow from. */
export type CompactNode = CompactEpoch & { publicKey: Uint8Array };

/** A leaf that is kept as it is, and the block it stands in. */
export type PlacedLeaf = { height: number; bytes: Uint8Array };

/**
 * The leaves that belong to one epoch: nodes ascend by key, other leaves by height and bytes. See `createCompactor`
 * for which leaves those are.
 */
export type CompactedEpoch = {
  epoch: number;
  nodes: readonly CompactNode[];
  leaves: readonly PlacedLeaf[];
};

const LABEL = utf8("lucid/compact/v1\n");
const KEY_BYTES = 32;

/**
 * `"lucid/compact/v1\n" ‖ u64(epoch) ‖ u64(nodes)`, for each node `public_key ‖ compactEpoch`, then for each other leaf
 * `u32(length) ‖ u64(height) ‖ leaf`: 226 bytes for a node's epoch of 720 slots.
 */
export function encodeCompactedEpoch({ epoch, nodes, leaves }: CompactedEpoch): Uint8Array {
  return concat(
    LABEL,
    u64(epoch),
    u64(nodes.length),
    ...nodes.map((node) => concat(node.publicKey, compactEpoch(node))),
    frameLeaves(leaves.map(({ height, bytes }) => concat(u64(height), bytes))),
  );
}

/**
 * The epoch in bytes, which must be what `encodeCompactedEpoch` writes; `slots` is slots_per_epoch.
 * Throws `compaction.malformed`, `compaction.spare_bits`, `body.framing`, `bytes.u64`.
 */
export function decodeCompactedEpoch(bytes: Uint8Array, slots: number): CompactedEpoch {
  const head = LABEL.length + 16;
  if (bytes.length < head || !equalBytes(bytes.subarray(0, LABEL.length), LABEL)) {
    throw malformed("it does not begin as one of version 1");
  }
  const count = firstSafeU64(bytes.subarray(LABEL.length + 8));
  const nodeBytes = KEY_BYTES + compactEpochLength(slots);
  const end = head + count * nodeBytes;
  if (end > bytes.length) throw malformed(`it is too short for ${count} nodes`);
  const nodes = Array.from({ length: count }, (_, i) =>
    parseNode(bytes.subarray(head + i * nodeBytes, head + (i + 1) * nodeBytes), slots),
  );
  const leaves = unframeLeaves(bytes.subarray(end)).map(parsePlacedLeaf);
  assertAscending(nodes, (a, b) => compareBytes(a.publicKey, b.publicKey));
  assertAscending(leaves, comparePlaces);
  return { epoch: firstSafeU64(bytes.subarray(LABEL.length)), nodes, leaves };
}

/** The order of leaves that are kept as they are. */
export function comparePlaces(a: PlacedLeaf, b: PlacedLeaf): number {
  return a.height === b.height ? compareBytes(a.bytes, b.bytes) : a.height - b.height;
}

function parseNode(bytes: Uint8Array, slots: number): CompactNode {
  const publicKey = bytes.slice(0, KEY_BYTES);
  return { publicKey, ...parseCompactEpoch(bytes.subarray(KEY_BYTES), slots) };
}

function parsePlacedLeaf(bytes: Uint8Array): PlacedLeaf {
  if (bytes.length < 8) throw malformed("a leaf has no height");
  return { height: firstSafeU64(bytes), bytes: bytes.slice(8) };
}

function assertAscending<Item>(items: readonly Item[], compare: (a: Item, b: Item) => number) {
  const isAscending = items.every((item, i) => i === 0 || compare(items[i - 1] as Item, item) < 0);
  if (!isAscending) throw malformed("its nodes and leaves must ascend, each once");
}

function malformed(detail: string): ProtocolError {
  return new ProtocolError("compaction.malformed", `the compacted epoch is malformed: ${detail}`);
}
