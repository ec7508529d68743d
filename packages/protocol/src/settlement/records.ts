import { concat, toHex } from "../bytes.ts";
import { encode } from "../canonical.ts";
import { merkleRoot } from "../tlog/merkle.ts";

/** Record `epoch_result`: what one node did in one epoch and earns for it. Ratios in basis points. */
export type EpochResult = {
  epoch: number;
  node_id: string;
  /** slots that count */
  eligible: number;
  /** accepted beacons in them */
  present: number;
  time: number;
  /** false when too few slots without an excuse were seen to measure `time` */
  time_known: boolean;
  /** millicredits */
  credits: number;
  own: number;
  alpha: number;
  beta: number;
  reputation: number;
  contribution: number;
  score: number;
  valid: boolean;
  reward_micro: string;
};

/** Record `epoch_closed`: how many results, their RFC 6962 root, what they sum to and what could be spent. */
export type EpochClosed = {
  epoch: number;
  count: number;
  root: string;
  total_micro: string;
  budget_micro: string;
};

/** The leaf of a record in a block body: `0x02 ‖ JCS({record, data})`. */
export function recordLeaf(record: string, data: object): Uint8Array {
  return concat(Uint8Array.of(2), encode({ record, data }));
}

/** The leaf of an epoch's result for one node. */
export function epochResultLeaf(result: EpochResult): Uint8Array {
  return recordLeaf("epoch_result", result);
}

/** RFC 6962 root (hex) over the leaves of an epoch's results in ascending node id. */
export function resultsRoot(results: readonly EpochResult[]): string {
  return toHex(merkleRoot(leavesOf(results)));
}

/** One at a time, so that the leaves of a large network are never all in memory. */
function* leavesOf(results: readonly EpochResult[]): Generator<Uint8Array> {
  for (const result of results) yield epochResultLeaf(result);
}
