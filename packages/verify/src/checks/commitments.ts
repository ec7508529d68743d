import { firstSlotOf, slotIndex, verifyObject } from "@lucid/protocol";
import type { BlockNetwork } from "@lucid/protocol";
import type { Evidence } from "./evidence.ts";
import type { Placed, TimedBlock } from "./block.ts";
import type { Members } from "./members.ts";
import { problem } from "./problem.ts";
import type { Verdict } from "./problem.ts";

type Deps = {
  readonly network: BlockNetwork;
  readonly members: Pick<Members, "byId">;
  readonly evidence: Evidence;
};

/** One promise of a chain for each node and epoch, signed by the node, sealed while it was accepted. */
export const createCommitments =
  ({ network: { genesis, networkId }, members, evidence }: Deps) =>
  ({ data, at }: Placed<"commitment">, block: TimedBlock): Verdict => {
    const { node_id: nodeId, epoch, anchor, signature } = data;
    const member = members.byId(nodeId);
    if (member === undefined)
      return problem("commitment.unknown_node", `${nodeId} commits, but never enrolled.`, at);
    const opens = firstSlotOf(genesis, epoch) - Math.floor(genesis.slots_per_epoch / 12);
    if (epoch !== block.epoch && block.slot < opens)
      return problem(
        "commitment.window",
        `A commitment of ${nodeId} for epoch ${epoch} stands in slot index ${slotIndex(genesis, block.slot)} of epoch ${block.epoch}, ` +
          "where none for that epoch is accepted.",
        at,
      );
    if (epoch < block.epoch)
      return problem(
        "commitment.window",
        `A commitment of ${nodeId} for epoch ${epoch} stands in epoch ${block.epoch}, when that epoch was over.`,
        at,
      );
    if (!verifyObject("commitment", networkId, data, signature, member.publicKey))
      return problem(
        "commitment.signature",
        `The commitment of ${nodeId} for epoch ${epoch} is not signed by that node: somebody else wrote it.`,
        at,
      );
    if (evidence.isCommitted(member, epoch))
      return problem(
        "commitment.second",
        `${nodeId} has committed for epoch ${epoch} before; only the first commitment counts.`,
        at,
      );
    evidence.commit(member, epoch, anchor);
    return null;
  };
