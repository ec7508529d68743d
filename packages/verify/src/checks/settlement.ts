import {
  activeSlots,
  countBits,
  createBitmap,
  epochOf,
  epochsCutBy,
  firstSlotOf,
  getBit,
  REPUTATION_START,
  settleEpoch,
  silentSlots,
} from "@lucid/protocol";
import type {
  Bitmap,
  BlockNetwork,
  Genesis,
  NodeEvidence,
  SettlementResult,
  SilenceState,
} from "@lucid/protocol";
import type { Tally } from "../report/tally.ts";
import type { TimedBlock } from "./block.ts";
import type { EpochEvidence, Evidence } from "./evidence.ts";
import type { Maintenance } from "./maintenance.ts";
import type { Members } from "./members.ts";
import type { Policies } from "./policies.ts";
import { seatIn } from "./seats.ts";

type Deps = {
  readonly network: BlockNetwork;
  readonly members: Members;
  readonly policies: Policies;
  readonly evidence: Evidence;
  readonly maintenance: Maintenance;
  readonly tally: Tally;
  /** takes what an epoch came to, at the block that cut it */
  readonly settled: (epoch: number, result: SettlementResult, block: TimedBlock) => void;
};

/** Settles every epoch from what is sealed up to its cut, the first block of index 1 or later after it without backlog. */
export const createSettlement = (deps: Deps) => {
  const { network, members, policies, evidence, maintenance, tally } = deps;
  const { genesis } = network;
  const lastTimes = new Map<string, number>();
  let next = epochOf(genesis, genesis.first_slot);
  let silence: SilenceState | null = null;

  const nodesOf = (epoch: number, { revealed }: EpochEvidence): NodeEvidence[] => {
    const silent = createBitmap(genesis.slots_per_epoch);
    return Array.from(members.all()).flatMap((member) => {
      const active = activeSlots(genesis, epoch, member.standings);
      if (countBits(active) === 0) return [];
      const lastTime = lastTimes.get(member.nodeId);
      const announced = maintenance.slots(member.nodeId, epoch);
      const pool = seatIn(member.seats, firstSlotOf(genesis, epoch));
      return {
        node_id: member.nodeId,
        owner_id: member.ownerId,
        active,
        present: revealed.get(member)?.present ?? silent,
        alpha: REPUTATION_START,
        beta: REPUTATION_START,
        ...(lastTime !== undefined && { last_time: lastTime }),
        ...(announced !== undefined && { maintenance: announced }),
        ...(pool !== null && { pool }),
      };
    });
  };

  const silentIn = (epoch: number, { revealed }: EpochEvidence): Bitmap => {
    const heard = Array.from(revealed, ([{ nodeId, ownerId }, { present }]) => ({
      node_id: nodeId,
      owner_id: ownerId,
      present,
    })).filter(({ present }) => countBits(present) > 0);
    const { excused, state } = silentSlots(genesis, epoch, heard, silence);
    silence = state;
    tally.check("silent_slots", countBits(excused));
    return excused;
  };

  const settle = (epoch: number): SettlementResult => {
    const sealed = evidence.of(epoch);
    const result = settleEpoch({
      genesis,
      policy: policies.inForce(epoch),
      epoch,
      nodes: nodesOf(epoch, sealed),
      excused: union(silentIn(epoch, sealed), sealed.deaf),
      deafEmptySlots: countDeafEmpty(genesis, epoch, sealed),
    });
    for (const { node_id, time, time_known } of result.results)
      if (time_known) lastTimes.set(node_id, time);
    evidence.drop(epoch);
    maintenance.forgetBefore(epoch + 1);
    return result;
  };

  return {
    endBlock: (block: TimedBlock): void => {
      const { slot, header } = block;
      for (const epoch of epochsCutBy(genesis, next, { slot, backlog: header.backlog })) {
        deps.settled(epoch, settle(epoch), block);
        next = epoch + 1;
      }
    },
  };
};

const union = (a: Bitmap, b: Bitmap): Bitmap => a.map((byte, at) => byte | (b[at] ?? 0));

const countDeafEmpty = (
  genesis: Genesis,
  epoch: number,
  { deaf, heard }: EpochEvidence,
): number => {
  let count = 0;
  for (let index = 0; index < genesis.slots_per_epoch; index++) {
    const isInNetwork = firstSlotOf(genesis, epoch) + index >= genesis.first_slot;
    if (isInNetwork && getBit(deaf, index) && !getBit(heard, index)) count += 1;
  }
  return count;
};
