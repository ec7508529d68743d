import { basisPoints, fields, integer, micro, oneOf, satisfies, text, wrong } from "./fields.ts";
import type { Problem } from "./fields.ts";
import { payoutFee } from "./payout-fee.ts";
import type { CreditRates, PayoutRules, Policy, ScoreRules } from "./policy.ts";
import { isAddress } from "./address.ts";

const millicredits = integer(0, 1_000_000);

const creditRates = fields<CreditRates>({
  uptime_beacon: millicredits,
  validation_signature: millicredits,
  storage_availability: millicredits,
  relay_unit: millicredits,
  relay_unit_bytes: integer(1),
  relay_units_per_slot: integer(0, 1_000_000),
  relay_session_min_bytes: integer(1),
});

const scoreRules = fields<ScoreRules>({
  time: basisPoints,
  own: basisPoints,
  reputation: basisPoints,
  contribution: basisPoints,
  valid_from: basisPoints,
  own_from: basisPoints,
});

const payoutRules = fields<PayoutRules>({
  mode: oneOf("auto", "oversight", "manual"),
  threshold_micro: micro(1n),
  minimum_micro: micro(1n),
  maximum_micro: micro(1n),
  fee_bp: basisPoints,
  fee_min_micro: micro(),
  fee_max_micro: micro(),
  oversight_above_micro: micro(),
  hour_cap_micro: micro(),
  day_cap_micro: micro(),
  day_count: integer(),
  owner_day_count: integer(),
  unwitnessed_delay_slots: integer(),
});

/** The closed field list of a policy. */
export const policyFields = fields<Policy>(
  {
    version: integer(1),
    from_epoch: integer(),
    credits: creditRates,
    score: scoreRules,
    reputation_lambda: integer(0, 1_000_000),
    stake: fields<NonNullable<Policy["stake"]>>({
      token: satisfies(isAddress, "must be the base58 address of a token contract"),
      full_stake_micro: micro(1n),
    }),
    admission: oneOf("approval", "automatic", "demo"),
    epoch_budget_micro: micro(),
    max_reward_per_node_micro: micro(),
    payout: payoutRules,
    retention: fields<Policy["retention"]>({
      resource_samples_epochs: integer(1),
      segments_epochs: integer(1),
    }),
    minimum_agent_version: text(),
  },
  ["stake", "minimum_agent_version"],
);

/** What is wrong between the fields of a policy that has all of them. */
export function policyRuleProblems(policy: Policy): Problem[] {
  return [
    ...scoreProblems(policy.score),
    ...admissionProblems(policy),
    ...payoutProblems(policy.payout),
  ];
}

function scoreProblems({ time, own, reputation, contribution }: ScoreRules): Problem[] {
  const sum = time + own + reputation + contribution;
  if (sum === 10_000) return [];
  return [wrong("/score", `time, own, reputation and contribution must sum to 10000, not ${sum}`)];
}

function admissionProblems({ admission, stake }: Policy): Problem[] {
  if (admission !== "automatic" || stake !== undefined) return [];
  return [wrong("/admission", "automatic admission needs stake: add stake, or use approval")];
}

function payoutProblems(payout: PayoutRules): Problem[] {
  const minimum = BigInt(payout.minimum_micro);
  const maximum = BigInt(payout.maximum_micro);
  const rules: [broken: boolean, pointer: string, detail: string][] = [
    [minimum > maximum, "/minimum_micro", "must be at most maximum_micro"],
    [
      BigInt(payout.threshold_micro) < minimum,
      "/threshold_micro",
      "must be at least minimum_micro",
    ],
    [
      maximum > BigInt(payout.day_cap_micro),
      "/maximum_micro",
      "must be at most day_cap_micro, or it could never be paid",
    ],
    [
      BigInt(payout.fee_min_micro) > BigInt(payout.fee_max_micro),
      "/fee_min_micro",
      "must be at most fee_max_micro",
    ],
    [
      payoutFee(payout, minimum) >= minimum,
      "/minimum_micro",
      "must be above the fee that is taken from it",
    ],
  ];
  return rules
    .filter(([broken]) => broken)
    .map(([, pointer, detail]) => wrong(`/payout${pointer}`, detail));
}
