import { setImmediate as nextTurn } from "node:timers/promises";
import {
  type Bitmap,
  countBits,
  createBitmap,
  firstSlotOf,
  type NodeEvidence,
  type SettlementInput,
} from "@lucid/protocol";
import type { MaintenanceService } from "../maintenance/index.ts";
import type { Policies } from "../policy/index.ts";
import type { Pools } from "../pools/index.ts";
import type { Registry } from "../registry/index.ts";
import type { SealedSlots } from "../sealing/index.ts";
import type { Network } from "../shared/network.ts";
import type { History } from "./history.ts";
import { countEmpty, isWhollyExcused, markSlots, union } from "./rules.ts";
import { findSilence, type SilenceDeps } from "./silence.ts";

export type EvidenceDeps = {
  readonly network: Network;
  readonly policies: Pick<Policies, "forEpoch">;
  readonly registry: Pick<Registry, "node" | "nodes" | "activeSlots">;
  readonly pools: Pick<Pools, "membersBefore">;
  readonly maintenance: Pick<MaintenanceService, "book">;
  readonly beacons: {
    /** Slots of [fromSlot, toSlot) with an excuse record in a block up to `sealedUpTo`. */
    excused(fromSlot: number, toSlot: number, sealedUpTo: number): Promise<readonly number[]>;
  };
  readonly sealing: Pick<SealedSlots, "presence" | "unobserved">;
  readonly silences: SilenceDeps["silences"];
  readonly history: History;
};

/** The epoch to settle, and the slot whose block ends its evidence. */
export type DueEpoch = { readonly epoch: number; readonly cutSlot: number };

/** So many nodes are looked at before others get their turn. */
const PER_TURN = 1000;

/** Everything that settlement of an epoch depends on: what is sealed up to its cut, and nothing else. */
export const gatherEvidence = async (
  deps: EvidenceDeps,
  due: DueEpoch,
  signal: AbortSignal,
): Promise<SettlementInput> => {
  const { genesis } = deps.network;
  const { epoch } = due;
  const presence = await deps.sealing.presence(epoch);
  const deaf = await readDeaf(deps, due);
  const excused = union(deaf, await findSilence({ ...deps, genesis }, epoch, presence));
  const nobodyCounts = presence.size === 0 && isWhollyExcused(genesis, epoch, excused);
  return {
    genesis,
    policy: deps.policies.forEpoch(epoch),
    epoch,
    nodes: nobodyCounts ? [] : await gatherNodes(deps, due, presence, signal),
    excused,
    deafEmptySlots: countEmpty(deaf, presence.values(), genesis.slots_per_epoch),
  };
};

/** The slots in which we were deaf: a record says so, or the block itself by `observed: false`. */
const readDeaf = async (
  { network, beacons, sealing }: EvidenceDeps,
  { epoch, cutSlot }: DueEpoch,
): Promise<Bitmap> => {
  const from = firstSlotOf(network.genesis, epoch);
  const to = firstSlotOf(network.genesis, epoch + 1);
  const recorded = await beacons.excused(from, to, cutSlot);
  const unobserved = await sealing.unobserved(from, to);
  return markSlots(network.genesis, epoch, [...recorded, ...unobserved]);
};

const gatherNodes = async (
  { network, registry, pools, maintenance, history }: EvidenceDeps,
  { epoch, cutSlot }: DueEpoch,
  presence: ReadonlyMap<string, Bitmap>,
  signal: AbortSignal,
): Promise<NodeEvidence[]> => {
  await history.load(epoch);
  const members = await pools.membersBefore(firstSlotOf(network.genesis, epoch));
  const announced = await maintenance.book(epoch, cutSlot);
  const absent = createBitmap(network.genesis.slots_per_epoch);
  const evidence: NodeEvidence[] = [];
  for (const [position, { nodeId, ownerId }] of registry.nodes().entries()) {
    if (position % PER_TURN === 0) await nextTurn();
    signal.throwIfAborted();
    const active = registry.activeSlots(nodeId, epoch);
    if (countBits(active) === 0) continue;
    const pool = members.get(nodeId);
    const away = announced.slots(nodeId, epoch);
    evidence.push({
      node_id: nodeId,
      owner_id: ownerId,
      active,
      present: presence.get(nodeId) ?? absent,
      ...(pool !== undefined && { pool }),
      ...(away !== undefined && { maintenance: away }),
      ...(await history.carried(nodeId)),
    });
  }
  return evidence;
};
