import { firstSlotOf, getBit, REPUTATION_START, settleEpoch, silentSlots } from "@lucid/protocol";
import type {
  Bitmap,
  BlockNetwork,
  NodeEvidence,
  Policy,
  SettlementInput,
  SettlementResult,
  SilenceState,
} from "@lucid/protocol";
import { epochHeights } from "./heights.ts";
import type { WorldNode } from "./cast.ts";
import type { Lies, WorldPlan } from "./plan.ts";
import { heightsToBitmap } from "./presence.ts";
import type { WorldPresence } from "./presence.ts";

type Deps = { network: BlockNetwork; nodes: readonly WorldNode[]; plan: WorldPlan; lies: Lies };

/** The operator's settlement, from what it remembers. */
export const createSettlement = ({ network, nodes, plan, lies }: Deps) => {
  const { genesis } = network;
  let silence: SilenceState | null = null;
  const lastTimes = new Map<string, number>();

  const evidenceOf = (
    node: WorldNode,
    at: number,
    epoch: number,
    present: Bitmap,
  ): NodeEvidence => {
    const activeFrom = at === plan.approval.node ? plan.approval.height + 1 : 1;
    const heights = epochHeights(genesis, epoch).filter((height) => height >= activeFrom);
    const spans = plan.maintenance.filter((span) => span.node === at);
    const working = epochHeights(genesis, epoch).filter((height) =>
      spans.some(({ from, to }) => height >= from && height < to),
    );
    const lastTime = lastTimes.get(node.nodeId);
    const beginsAt = firstSlotOf(genesis, epoch) - genesis.first_slot;
    const seat = plan.seats.findLast(({ node, height }) => node === at && height < beginsAt);
    return {
      node_id: node.nodeId,
      owner_id: node.owner.ownerId,
      active: heightsToBitmap(network, epoch, heights),
      present,
      alpha: REPUTATION_START,
      beta: REPUTATION_START,
      ...(working.length > 0 && { maintenance: heightsToBitmap(network, epoch, working) }),
      ...(lastTime !== undefined && { last_time: lastTime }),
      ...(seat?.consent !== undefined && {
        pool: { pool_id: seat.pool, consent: seat.consent },
      }),
    };
  };

  return (epoch: number, policy: Policy, { present, heard }: WorldPresence): SettlementResult => {
    const empty = heightsToBitmap(network, epoch, []);
    const silent = silentSlots(
      genesis,
      epoch,
      Array.from(present, ([node, bitmap]) => ({
        node_id: node.nodeId,
        owner_id: node.owner.ownerId,
        present: bitmap,
      })),
      silence,
    );
    silence = silent.state;
    const deaf = heightsToBitmap(network, epoch, [...plan.unobserved, ...plan.deaf]);
    const honest: SettlementInput = {
      genesis,
      policy,
      epoch,
      nodes: nodes
        .map((node, at) => evidenceOf(node, at, epoch, present.get(node) ?? empty))
        .filter(({ active }) => active.some((byte) => byte !== 0)),
      excused: silent.excused.map((byte, at) => byte | (deaf[at] ?? 0)),
      deafEmptySlots: countEmpty(deaf, heard, genesis.slots_per_epoch),
    };
    const input = lies.evidence?.(honest) ?? honest;
    const settled = settleEpoch(input);
    for (const { node_id, time, time_known } of settled.results)
      if (time_known) lastTimes.set(node_id, time);
    return lies.result?.(settled, input) ?? settled;
  };
};

const countEmpty = (deaf: Bitmap, heard: ReadonlySet<number>, slots: number): number =>
  Array.from({ length: slots }, (_, index) => index).filter(
    (index) => getBit(deaf, index) && !heard.has(index),
  ).length;
