import {
  decodeCompactedEpoch,
  epochsOfHeight,
  firstSlotOf,
  heightsOfEpoch,
  ProtocolError,
} from "@lucid/protocol";
import type { Bitmap, CompactedEpoch, Genesis } from "@lucid/protocol";
import type { LogPlace } from "./log-error.ts";

export function compactPath(epoch: number): string {
  return `compact/${epoch}`;
}

/** The file from which the body at a height is rebuilt; where there are two, which of them is wrong is not known. */
export function compactPlace(genesis: Genesis, height: number): Pick<LogPlace, "path"> {
  const [epoch, ...others] = epochsOfHeight(genesis, height) as [number, ...number[]];
  return others.length === 0 ? { path: compactPath(epoch) } : {};
}

/**
 * A compacted epoch in the bytes of its file. Throws what `decodeCompactedEpoch` throws, also for another epoch and for
 * leaves where none of this epoch can stand, which nobody would ever look at.
 */
export function decodeCompactFile(
  genesis: Genesis,
  epoch: number,
  bytes: Uint8Array,
): CompactedEpoch {
  const compacted = decodeCompactedEpoch(bytes, genesis.slots_per_epoch);
  if (compacted.epoch !== epoch) throw malformed(`it is that of epoch ${compacted.epoch}`);
  const stray = strayHeight(genesis, compacted);
  if (stray !== undefined) throw malformed(`block ${stray} holds no leaf of epoch ${epoch}`);
  return compacted;
}

function strayHeight(genesis: Genesis, { epoch, nodes, leaves }: CompactedEpoch) {
  const { from, to } = heightsOfEpoch(genesis, epoch);
  const begins = firstSlotOf(genesis, epoch) - genesis.first_slot;
  const heights = [
    ...nodes.flatMap(({ height, bitmap }) => [height, begins + firstBit(bitmap)]),
    ...leaves.map(({ height }) => height),
  ];
  return heights.find((height) => height < from || height >= to);
}

/** The smallest index that is set; a node has at least one beacon. */
function firstBit(bitmap: Bitmap): number {
  const byte = bitmap.findIndex((bits) => bits !== 0);
  return 8 * byte + Math.clz32(bitmap[byte] ?? 0) - 24;
}

function malformed(detail: string): ProtocolError {
  return new ProtocolError("compaction.malformed", `the compacted epoch is malformed: ${detail}`);
}
