import { labelledHash, toHex } from "./bytes.ts";
import { encode } from "./canonical.ts";
import { ProtocolError } from "./error.ts";
import { throwOnProblems } from "./fields.ts";
import { policyFields, policyRuleProblems } from "./policy-fields.ts";

/** The versioned rules of a network that may change. Amounts are integer micro-USDT strings. */
export type Policy = {
  version: number;
  from_epoch: number;
  credits: CreditRates;
  score: ScoreRules;
  /** per million */
  reputation_lambda: number;
  stake?: { token: string; full_stake_micro: string };
  admission: "approval" | "automatic" | "demo";
  epoch_budget_micro: string;
  max_reward_per_node_micro: string;
  payout: PayoutRules;
  retention: { resource_samples_epochs: number; segments_epochs: number };
  minimum_agent_version?: string;
};

/** Millicredits by proof type, and the units of relay work. */
export type CreditRates = {
  uptime_beacon: number;
  validation_signature: number;
  storage_availability: number;
  relay_unit: number;
  relay_unit_bytes: number;
  relay_units_per_slot: number;
  relay_session_min_bytes: number;
};

/** Weights in basis points that sum to 10000, and the thresholds of a valid score. */
export type ScoreRules = {
  time: number;
  own: number;
  reputation: number;
  contribution: number;
  valid_from: number;
  own_from: number;
};

/** Rules of payouts: amounts in micro-USDT, the rest counts and basis points. */
export type PayoutRules = {
  mode: "auto" | "oversight" | "manual";
  threshold_micro: string;
  minimum_micro: string;
  maximum_micro: string;
  fee_bp: number;
  fee_min_micro: string;
  fee_max_micro: string;
  oversight_above_micro: string;
  hour_cap_micro: string;
  day_cap_micro: string;
  day_count: number;
  owner_day_count: number;
  unwitnessed_delay_slots: number;
};

/** The policy in `value`; throws `policy.invalid` with `details.problems` [{pointer, detail}]. */
export function parsePolicy(value: unknown): Policy {
  throwOnProblems("policy", policyFields(value, ""));
  const policy = value as Policy;
  throwOnProblems("policy", policyRuleProblems(policy));
  return policy;
}

/** `policy_hash = H("lucid/policy/v1\n" ‖ JCS(policy))` in hex. */
export function policyHash(policy: Policy): string {
  return toHex(labelledHash("policy", encode(policy)));
}

/** A policy with its place in the log; `sealed_order` ascends with sealing. */
export type SealedPolicy = { policy: Policy; sealed_order: number };

/**
 * The policy that rules an epoch: the one with the largest `from_epoch` not after it, on a tie the later sealed.
 * Throws `policy.none` when every policy starts later.
 */
export function policyInForce(policies: readonly SealedPolicy[], epoch: number): Policy {
  let inForce: SealedPolicy | undefined;
  for (const candidate of policies) {
    if (candidate.policy.from_epoch > epoch) continue;
    if (inForce === undefined || isLater(candidate, inForce)) inForce = candidate;
  }
  if (inForce === undefined)
    throw new ProtocolError("policy.none", `no policy is in force in epoch ${epoch}`, { epoch });
  return inForce.policy;
}

function isLater(a: SealedPolicy, b: SealedPolicy): boolean {
  const byEpoch = a.policy.from_epoch - b.policy.from_epoch;
  return byEpoch === 0 ? a.sealed_order > b.sealed_order : byEpoch > 0;
}
