import {
  compareBytes,
  equalBytes,
  nodeId,
  setBit,
  slotIndex,
  stepDown,
  toHex,
} from "@lucid/protocol";
import type { BeaconLeaf, BlockNetwork } from "@lucid/protocol";
import type { TimedBlock } from "./block.ts";
import type { Evidence, Revealed } from "./evidence.ts";
import type { Member, Members } from "./members.ts";
import { problem } from "./problem.ts";
import type { Problem, Verdict } from "./problem.ts";

type Deps = {
  readonly network: BlockNetwork;
  readonly members: Pick<Members, "byKey">;
  readonly evidence: Evidence;
};

/**
 * The beacons of a block: each steps down to the link that its node revealed before it, the first one to the anchor of
 * its commitment. So a node's epoch costs one hash a slot, however many gaps it has. Answers how many there were.
 */
export const createBeacons = ({ network: { genesis }, members, evidence }: Deps) => {
  const accept = (
    beacon: BeaconLeaf,
    revealed: Revealed | undefined,
    index: number,
  ): Pick<Problem, "code" | "detail"> | null => {
    if (revealed === undefined) return NO_COMMITMENT;
    const { salt, last, k, present } = revealed;
    if (!equalBytes(stepDown(beacon.reveal, salt, index + 1 - k), last)) return WRONG_REVEAL;
    // A view would keep the whole body in memory.
    revealed.last = beacon.reveal.slice();
    revealed.k = index + 1;
    setBit(present, index);
    return null;
  };

  return (block: TimedBlock): { count: number; found: Verdict } => {
    const index = slotIndex(genesis, block.slot);
    const { revealed, heard } = evidence.of(block.epoch);
    const byKey = members.byKey();
    let next = 0;
    let count = 0;
    for (const { leaf } of block.body) {
      if (leaf.kind !== "beacon") break;
      // Both lists ascend by key, so one walk over both finds every node.
      let order = compareKeys(byKey[next], leaf);
      while (order < 0) order = compareKeys(byKey[++next], leaf);
      const member = order === 0 ? byKey[next++] : undefined;
      const refusal = member ? accept(leaf, revealed.get(member), index) : UNKNOWN_NODE;
      if (refusal !== null) return { count, found: toProblem(refusal, leaf, block, count) };
      count += 1;
    }
    if (count > 0) setBit(heard, index);
    return { count, found: null };
  };
};

const compareKeys = (member: Member | undefined, { publicKey }: BeaconLeaf): number =>
  member === undefined ? 1 : compareBytes(member.keyBytes, publicKey);

const NO_COMMITMENT = {
  code: "beacon.no_commitment",
  detail: "reveals a link of a chain that it never committed to",
};
const WRONG_REVEAL = {
  code: "beacon.wrong_reveal",
  detail:
    "reveals something that does not lead to the chain it committed to, so the node did not send it",
};
const UNKNOWN_NODE = {
  code: "beacon.unknown_node",
  detail: "is counted as present, but never enrolled",
};

const toProblem = (
  { code, detail }: Pick<Problem, "code" | "detail">,
  { publicKey }: BeaconLeaf,
  { height, slot }: TimedBlock,
  leaf: number,
): Problem =>
  problem(code, `In slot ${slot}, ${nodeId(toHex(publicKey))} ${detail}.`, { height, leaf });
