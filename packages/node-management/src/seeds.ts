import type { NodeManagementConfig } from "./config.ts";
import { type Policies, type PolicySeeds, seedProblems } from "./policy/index.ts";
import { Fault } from "./shared/fault.ts";
import type { Network } from "./shared/network.ts";
import { slotAt } from "@lucid/protocol";

/** What the settings say about rules that have their home in genesis and policy. */
const configToSeeds = (config: NodeManagementConfig): PolicySeeds => ({
  maxNodesPerPool: config.MAX_NODES_PER_POOL,
  payoutThresholdMicro: config.PAYOUT_THRESHOLD_USDT,
  payoutFeeBp:
    config.PAYOUT_PROCESSING_FEE_PERCENT === undefined
      ? undefined
      : percentToBp(config.PAYOUT_PROCESSING_FEE_PERCENT),
  payoutMinimumMicro: config.PAYOUT_MIN_AMOUNT_USDT,
  payoutMaximumMicro: config.PAYOUT_MAX_AMOUNT_USDT,
});

/** Refuses to start with a setting that contradicts the rules in force. Throws `config.seeds`. */
export const checkSeeds = (
  config: NodeManagementConfig,
  { network, policies, nowMs }: { network: Network; policies: Policies; nowMs: number },
): void => {
  const policy = policies.forSlot(slotAt(network.genesis, nowMs));
  const problems = seedProblems(network.genesis, policy, configToSeeds(config));
  if (problems.length === 0) return;
  throw new Fault("config.seeds", problems.map(({ detail }) => detail).join("; "));
};

const percentToBp = (percent: string): number => {
  const [whole = "0", decimals = ""] = percent.split(".");
  return Number(whole) * 100 + Number(decimals.padEnd(2, "0"));
};
