import { setImmediate as nextTurn } from "node:timers/promises";
import type { Collection } from "@lucid/platform/documents";
import {
  type Bitmap,
  countBits,
  createBitmap,
  firstSlotOf,
  type Genesis,
  getBit,
  type NodeEvidence,
  type SettlementInput,
} from "@lucid/protocol";
import type { Beacons } from "../beacons/index.ts";
import type { Policies } from "../policy/index.ts";
import type { Registry } from "../registry/index.ts";
import type { Network } from "../shared/network.ts";
import type { ExcuseDocument } from "./documents.ts";
import { readExcused, writeDeafExcuses } from "./excuses.ts";
import type { History } from "./history.ts";
import { countEmpty } from "./rules.ts";

export type EvidenceDeps = {
  readonly network: Network;
  readonly policies: Pick<Policies, "forEpoch">;
  readonly registry: Pick<Registry, "nodes" | "activeSlots">;
  readonly beacons: Pick<Beacons, "presence"> & {
    readonly hearing: Pick<Beacons["hearing"], "deafMs">;
  };
  readonly excuses: Collection<ExcuseDocument>;
  readonly history: History;
};

/** So many nodes are looked at before others get their turn. */
const PER_TURN = 1000;

/** Everything that settlement of an epoch that is over depends on; writes its excuses first. */
export const gatherEvidence = async (
  deps: EvidenceDeps,
  epoch: number,
  signal: AbortSignal,
): Promise<SettlementInput> => {
  const { genesis } = deps.network;
  await writeDeafExcuses({ genesis, hearing: deps.beacons.hearing, excuses: deps.excuses }, epoch);
  const excused = await readExcused({ genesis, excuses: deps.excuses }, epoch);
  const presence = await deps.beacons.presence(epoch);
  const nobodyCounts = presence.size === 0 && isWhollyExcused(genesis, epoch, excused);
  return {
    genesis,
    policy: deps.policies.forEpoch(epoch),
    epoch,
    nodes: nobodyCounts ? [] : await gatherNodes(deps, epoch, presence, signal),
    excused,
    deafEmptySlots: countEmpty(excused, presence.values(), genesis.slots_per_epoch),
  };
};

const gatherNodes = async (
  { network, registry, history }: EvidenceDeps,
  epoch: number,
  presence: ReadonlyMap<string, Bitmap>,
  signal: AbortSignal,
): Promise<NodeEvidence[]> => {
  await history.load(epoch);
  const silence = createBitmap(network.genesis.slots_per_epoch);
  const evidence: NodeEvidence[] = [];
  for (const [position, { nodeId, ownerId }] of registry.nodes().entries()) {
    if (position % PER_TURN === 0) await nextTurn();
    signal.throwIfAborted();
    const active = registry.activeSlots(nodeId, epoch);
    if (countBits(active) === 0) continue;
    evidence.push({
      node_id: nodeId,
      owner_id: ownerId,
      active,
      present: presence.get(nodeId) ?? silence,
      ...(await history.carried(nodeId)),
    });
  }
  return evidence;
};

/** Whether every slot since the network began is excused, so that without a beacon nobody has a result. */
const isWhollyExcused = (genesis: Genesis, epoch: number, excused: Bitmap): boolean => {
  const begun = Math.max(0, genesis.first_slot - firstSlotOf(genesis, epoch));
  for (let index = begun; index < genesis.slots_per_epoch; index++)
    if (!getBit(excused, index)) return false;
  return true;
};
