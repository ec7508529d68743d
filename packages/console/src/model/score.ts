import type { ResponseOf, Routes } from "@lucid/api";

export type Result = ResponseOf<Routes["listPootHistory"]>["items"][number];

/** One part of a score, all in basis points; `adds` is what it brings to the score before flooring. */
export type ScorePart = {
  readonly name: "Time" | "Ownership" | "Reputation" | "Contribution";
  readonly meaning: string;
  readonly value: number;
  readonly weight: number;
  readonly adds: number;
};

const meanings = {
  Time: "slots heard over slots that count",
  Ownership: "stake of the owner that covers this node",
  Reputation: "how its checked work turned out",
  Contribution: "its credits against the network's median",
} as const;

/** The four components in the order of the formula. */
export const scoreParts = (result: Result): ScorePart[] => {
  const part = (name: ScorePart["name"], value: number, weight: number): ScorePart => ({
    name,
    meaning: meanings[name],
    value,
    weight,
    adds: Math.floor((value * weight) / 10_000),
  });
  return [
    part("Time", result.time, result.weights.time),
    part("Ownership", result.own, result.weights.own),
    part("Reputation", result.reputation, result.weights.reputation),
    part("Contribution", result.contribution, result.weights.contribution),
  ];
};

/** The score recomputed from its parts, to be compared with what the service says. */
export const recomputeScore = (result: Result): number => {
  const sum = scoreParts(result).reduce((total, { value, weight }) => total + value * weight, 0);
  return Math.floor(sum / 10_000);
};
