import vectors from "../../../../vectors/rewards.json" with { type: "json" };
import { fromHex } from "../bytes.ts";
import { parseGenesis } from "../genesis.ts";
import { parsePolicy } from "../policy.ts";
import type { PoolSeat } from "../settlement/pools.ts";
import { settleEpoch } from "../settlement/settle.ts";
import type { NodeEvidence } from "../settlement/settle.ts";
import { splitByWeight } from "../settlement/split.ts";

type Epoch = (typeof vectors.epochs)[number];
type JsonEvidence = Omit<NodeEvidence, "active" | "present" | "maintenance" | "pool"> & {
  active: string;
  present: string;
  maintenance?: string;
  pool?: { pool_id: string; consent: string };
};

export function recomputeRewards() {
  return {
    splits: vectors.splits.map(({ budget, parts }) => {
      const weighted = parts.map(({ id, weight }) => ({ id, weight: BigInt(weight) }));
      const amounts = splitByWeight(BigInt(budget), weighted);
      return {
        budget,
        parts,
        amounts: [...amounts].map(([id, amount]) => ({ id, amount: amount.toString() })),
      };
    }),
    epochs: vectors.epochs.map((given) => ({ ...given, ...settle(given) })),
  };
}

function settle(given: Epoch) {
  return settleEpoch({
    genesis: parseGenesis(given.genesis),
    policy: parsePolicy(given.policy),
    epoch: given.epoch,
    nodes: given.nodes.map(evidenceFromJson),
    excused: fromHex(given.excused),
    deafEmptySlots: given.deaf_empty_slots,
  });
}

function evidenceFromJson(node: JsonEvidence): NodeEvidence {
  const { active, present, maintenance, pool, ...rest } = node;
  return {
    ...rest,
    active: fromHex(active),
    present: fromHex(present),
    ...(maintenance !== undefined && { maintenance: fromHex(maintenance) }),
    ...(pool !== undefined && { pool: pool as PoolSeat }),
  };
}
