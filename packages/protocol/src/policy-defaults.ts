import { parsePolicy } from "./policy.ts";
import type { Policy } from "./policy.ts";

/** What a network must choose for itself. `epochBudgetMicro` is integer micro-USDT. */
export type PolicyChoices = { fromEpoch: number; epochBudgetMicro: bigint } & Partial<
  Pick<Policy, "version" | "admission" | "stake" | "minimum_agent_version">
>;

/** A policy with the mainnet template's defaults: admission by approval, at most a quarter of the budget per node. */
export function defaultPolicy({ fromEpoch, epochBudgetMicro, ...chosen }: PolicyChoices): Policy {
  return parsePolicy({
    version: 1,
    from_epoch: fromEpoch,
    credits: {
      uptime_beacon: 100,
      validation_signature: 300,
      storage_availability: 500,
      relay_unit: 10,
      relay_unit_bytes: 5_242_880,
      relay_units_per_slot: 200,
      relay_session_min_bytes: 1_048_576,
    },
    score: {
      time: 4000,
      own: 3000,
      reputation: 2000,
      contribution: 1000,
      valid_from: 5000,
      own_from: 5000,
    },
    reputation_lambda: 990_000,
    admission: "approval",
    epoch_budget_micro: epochBudgetMicro.toString(),
    max_reward_per_node_micro: (epochBudgetMicro / 4n).toString(),
    payout: {
      mode: "auto",
      threshold_micro: "10000000",
      minimum_micro: "1000000",
      maximum_micro: "10000000000",
      fee_bp: 100,
      fee_min_micro: "100000",
      fee_max_micro: "10000000",
      oversight_above_micro: "1000000000",
      hour_cap_micro: "1000000000",
      day_cap_micro: "10000000000",
      day_count: 100,
      owner_day_count: 10,
      unwitnessed_delay_slots: 30,
    },
    retention: { resource_samples_epochs: 90, segments_epochs: 14 },
    ...chosen,
  });
}

/**
 * A policy for a demo: nodes are admitted at once, one node may earn the whole budget, and a payout waits two slots
 * for those who want to look at what it rests on.
 */
export function demoPolicy(choices: PolicyChoices): Policy {
  const policy = defaultPolicy({ ...choices, admission: "demo" });
  return parsePolicy({
    ...policy,
    max_reward_per_node_micro: choices.epochBudgetMicro.toString(),
    payout: { ...policy.payout, unwitnessed_delay_slots: 2 },
  });
}
