import { type EpochResult, type Policy, REPUTATION_START } from "@lucid/protocol";
import { toUsdt } from "../shared/view.ts";
import type { EpochDocument } from "./documents.ts";
import { weightOf } from "./run.ts";

export type Explained = Omit<EpochResult, "reward_micro"> & { readonly reward_micro: bigint };

export type Rules = {
  readonly policy: Policy;
  readonly epoch: Pick<EpochDocument, "budget_micro" | "weight">;
  readonly minUptime: number;
};

/** Basis points as people read them: 9333 is `93.33`. */
const bpToText = (basisPoints: number): string => (basisPoints / 100).toFixed(2);

/** Sentences that take an owner from what the node did to what it earned. */
export const explainResult = (result: Explained, rules: Rules): string[] => [
  ...explainScore(result, rules),
  explainValidity(result, rules),
  explainReward(result, rules),
];

const explainScore = (result: Explained, { policy }: Rules): string[] => {
  const { eligible, present, time_known } = result;
  const beacons = `${present} of the ${eligible} slots that count had a beacon`;
  const component = (name: string, value: number, weight: number, because: string) =>
    `${name} ${bpToText(value)}, weight ${weight / 100} %: ${because}.`;
  return [
    component(
      "Time",
      result.time,
      policy.score.time,
      time_known
        ? beacons
        : `too few slots could be measured (${beacons}), so the last known value is used if it is larger`,
    ),
    component(
      "Ownership",
      result.own,
      policy.score.own,
      policy.stake === undefined ? "this network asks for no stake" : "stake held for this node",
    ),
    component("Reputation", result.reputation, policy.score.reputation, explainReputation(result)),
    component(
      "Contribution",
      result.contribution,
      policy.score.contribution,
      `${result.credits} millicredits; the epoch's median counts 50.00, twice as much 100.00`,
    ),
    `Score ${bpToText(result.score)}: the four by their weights.`,
  ];
};

const explainReputation = ({ alpha, beta }: Explained): string =>
  alpha === REPUTATION_START && beta === REPUTATION_START
    ? "no work of it was checked yet, so it is where every node begins"
    : `its checked work weighs ${alpha} for it and ${beta} against it`;

const explainValidity = (result: Explained, { policy, minUptime }: Rules): string => {
  const reached: readonly (readonly [string, number, number])[] = [
    ["score", result.score, policy.score.valid_from],
    ["ownership", result.own, policy.score.own_from],
    ["time", result.time, minUptime],
  ];
  const short = reached
    .filter(([, value, wanted]) => value < wanted)
    .map(([name, value, wanted]) => `${name} ${bpToText(value)} is below ${bpToText(wanted)}`);
  if (short.length === 0)
    return `Valid: score, ownership and time reach ${reached.map(([, , wanted]) => bpToText(wanted)).join(", ")}.`;
  return `Not valid, so it earns nothing: ${short.join("; ")}.`;
};

const explainReward = (result: Explained, { policy, epoch }: Rules): string => {
  const budget = epoch.budget_micro ?? 0n;
  const total = epoch.weight ?? 0n;
  const weight = weightOf(result);
  if (weight === 0n || total === 0n) return "Reward 0.000000 USDT.";
  const share = bpToText(Number((10_000n * weight) / total));
  const cap = BigInt(policy.max_reward_per_node_micro);
  const isCut = (budget * weight) / total > cap;
  const cut = isCut ? `, cut to the most that one node may earn, ${toUsdt(cap)} USDT` : "";
  return (
    `Reward ${toUsdt(result.reward_micro)} USDT: ${share} % of the epoch's ${toUsdt(budget)} USDT, ` +
    `its part of all credits × score (${weight} of ${total})${cut}.`
  );
};
