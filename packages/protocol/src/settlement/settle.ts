import { isBitmap } from "../beacons/bitmap.ts";
import type { Bitmap } from "../beacons/bitmap.ts";
import { ProtocolError } from "../error.ts";
import type { Genesis } from "../genesis.ts";
import type { Policy } from "../policy.ts";
import { reputation } from "../reputation.ts";
import type { ReputationEvidence } from "../reputation.ts";
import { shareInPools } from "./pools.ts";
import type { PoolMember, PoolSeat } from "./pools.ts";
import { measurePresence, slotsBeforeFirst } from "./presence.ts";
import type { PresenceEvidence } from "./presence.ts";
import { resultsRoot } from "./records.ts";
import type { EpochClosed, EpochResult } from "./records.ts";
import { contribution, isValidScore, score, twiceMedian } from "./score.ts";
import { splitByWeight } from "./split.ts";

/** What an epoch knows of one node; without `pool` it has no seat. */
export type NodeEvidence = {
  node_id: string;
  owner_id: string;
  pool?: PoolSeat;
} & PresenceEvidence &
  ReputationEvidence;

/** Everything that settlement of an epoch depends on. */
export type SettlementInput = {
  genesis: Genesis;
  /** the one in force in this epoch */
  policy: Policy;
  epoch: number;
  /** each node once, in any order */
  nodes: readonly NodeEvidence[];
  /** slots excused for all */
  excused: Bitmap;
  /** slots from `first_slot` on in which we were deaf and whose block holds no beacon */
  deafEmptySlots: number;
};

/** An epoch's records: results in ascending node id, and what closes it. */
export type SettlementResult = { results: EpochResult[]; closed: EpochClosed };

/** Without a stake policy everybody's `own` is full. */
const FULL_OWN = 10_000;

/**
 * Settles an epoch: a pure function of the evidence, linear in nodes but for two sorts ("Epoch settlement" of the
 * protocol). Throws `settlement.stake` for a policy with stake, `settlement.nodes` when a node is listed twice,
 * `settlement.bitmap` for a bitmap of another length or with a bit beyond the epoch.
 */
export function settleEpoch(input: SettlementInput): SettlementResult {
  const { genesis, policy, epoch } = input;
  if (policy.stake !== undefined) {
    throw new ProtocolError(
      "settlement.stake",
      "a policy with stake needs stake reads, which settlement does not take",
    );
  }
  const unpaid = scoreNodes(input);
  const budget = proratedBudget(genesis, policy, epoch, input.deafEmptySlots);
  const rewards = rewardNodes(policy, budget, unpaid);
  shareInPools(rewards, poolMembers(input.nodes, unpaid));
  const results = unpaid.map((result) => ({
    ...result,
    reward_micro: (rewards.get(result.node_id) ?? 0n).toString(),
  }));
  return { results, closed: closeEpoch(epoch, budget, results) };
}

/** `floor(B·(L - m)/L)` with m the slots before `first_slot` and the deaf slots whose block holds no beacon. */
export function proratedBudget(
  genesis: Genesis,
  policy: Policy,
  epoch: number,
  deafEmptySlots: number,
): bigint {
  const slots = genesis.slots_per_epoch;
  const missing = Math.min(slots, slotsBeforeFirst(genesis, epoch) + deafEmptySlots);
  return (BigInt(policy.epoch_budget_micro) * BigInt(slots - missing)) / BigInt(slots);
}

type Unpaid = Omit<EpochResult, "reward_micro">;

function scoreNodes({ genesis, policy, epoch, nodes, excused }: SettlementInput): Unpaid[] {
  const measured = ascending(nodes).flatMap((node) => {
    assertBitmaps(genesis, node, excused);
    const presence = measurePresence(genesis.slots_per_epoch, node, excused);
    const credits = presence.present * policy.credits.uptime_beacon;
    return presence.eligible > 0 || credits > 0 ? [{ node, presence, credits }] : [];
  });
  const counted = measured.filter(
    ({ presence, credits }) => credits > 0 && presence.time >= genesis.min_uptime,
  );
  const m2 = twiceMedian(counted.map(({ credits }) => credits));
  return measured.map(({ node, presence, credits }) => {
    const components = {
      time: presence.time,
      own: FULL_OWN,
      reputation: reputation(node),
      contribution: contribution(credits, m2),
    };
    const total = score(policy.score, components);
    const valid = isValidScore(policy.score, genesis.min_uptime, { ...components, score: total });
    const { node_id, alpha, beta } = node;
    return {
      epoch,
      node_id,
      ...presence,
      credits,
      ...components,
      alpha,
      beta,
      score: total,
      valid,
    };
  });
}

function assertBitmaps(genesis: Genesis, node: NodeEvidence, excused: Bitmap): void {
  const slots = genesis.slots_per_epoch;
  const { active, present, maintenance = excused } = node;
  if ([active, present, maintenance, excused].every((bitmap) => isBitmap(bitmap, slots))) return;
  const message = `a bitmap of ${node.node_id} is not one of ${slots} slots`;
  throw new ProtocolError("settlement.bitmap", message);
}

function ascending(nodes: readonly NodeEvidence[]): NodeEvidence[] {
  const sorted = nodes.toSorted((a, b) => (a.node_id < b.node_id ? -1 : 1));
  const twice = sorted.find((node, i) => node.node_id === sorted[i + 1]?.node_id);
  if (twice !== undefined)
    throw new ProtocolError("settlement.nodes", `${twice.node_id} is listed twice`);
  return sorted;
}

function rewardNodes(
  policy: Policy,
  budget: bigint,
  unpaid: readonly Unpaid[],
): Map<string, bigint> {
  const parts = unpaid
    .filter(({ valid }) => valid)
    .map((result) => ({
      id: result.node_id,
      weight: BigInt(result.credits) * BigInt(result.score),
    }));
  const cap = BigInt(policy.max_reward_per_node_micro);
  const rewards = splitByWeight(budget, parts);
  for (const [id, amount] of rewards) if (amount > cap) rewards.set(id, cap);
  return rewards;
}

function poolMembers(nodes: readonly NodeEvidence[], unpaid: readonly Unpaid[]): PoolMember[] {
  const sharing = new Set<string>();
  for (const { node_id, valid, credits } of unpaid) if (valid && credits > 0) sharing.add(node_id);
  return nodes.flatMap(({ node_id, pool: seat }) =>
    seat === undefined ? [] : [{ node_id, seat, shares: sharing.has(node_id) }],
  );
}

function closeEpoch(epoch: number, budget: bigint, results: readonly EpochResult[]): EpochClosed {
  const total = results.reduce((sum, { reward_micro }) => sum + BigInt(reward_micro), 0n);
  return {
    epoch,
    count: results.length,
    root: resultsRoot(results),
    total_micro: total.toString(),
    budget_micro: budget.toString(),
  };
}
