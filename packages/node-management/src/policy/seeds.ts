import type { Genesis, Policy } from "@lucid/protocol";

/** Rules that settings may seed once; a setting that nobody made is absent. Amounts in micro-USDT. */
export type PolicySeeds = {
  readonly maxNodesPerPool?: number | undefined;
  readonly payoutThresholdMicro?: bigint | undefined;
  readonly payoutFeeBp?: number | undefined;
  readonly payoutMinimumMicro?: bigint | undefined;
  readonly payoutMaximumMicro?: bigint | undefined;
};

export type SeedProblem = { readonly setting: string; readonly detail: string };

/** Settings that say something else than the rules in force; the rules have one home, and it is not the environment. */
export const seedProblems = (
  genesis: Genesis,
  { payout }: Policy,
  seeds: PolicySeeds,
): SeedProblem[] => {
  const compared = [
    ["MAX_NODES_PER_POOL", seeds.maxNodesPerPool, genesis.pool_max_nodes],
    ["PAYOUT_THRESHOLD_USDT", seeds.payoutThresholdMicro, BigInt(payout.threshold_micro)],
    ["PAYOUT_PROCESSING_FEE_PERCENT", seeds.payoutFeeBp, payout.fee_bp],
    ["PAYOUT_MIN_AMOUNT_USDT", seeds.payoutMinimumMicro, BigInt(payout.minimum_micro)],
    ["PAYOUT_MAX_AMOUNT_USDT", seeds.payoutMaximumMicro, BigInt(payout.maximum_micro)],
  ] as const;
  return compared
    .filter(([, seed, inForce]) => seed !== undefined && seed !== inForce)
    .map(([setting, seed, inForce]) => ({
      setting,
      detail: describe(setting, seed as number | bigint, inForce),
    }));
};

const describe = (setting: string, seed: number | bigint, inForce: number | bigint): string =>
  setting === "MAX_NODES_PER_POOL"
    ? `${setting} is ${seed}, but genesis fixed ${inForce} for ever: remove the setting`
    : `${setting} says ${seed}${unitOf(setting)}, but the policy in force says ${inForce}: remove the setting, or announce a policy with POST /api/v1/policies`;

const unitOf = (setting: string): string =>
  setting.endsWith("_USDT") ? " micro-USDT" : " basis points";
