import vectors from "../../../../vectors/score.json" with { type: "json" };
import { contribution, isValidScore, score, twiceMedian } from "../settlement/score.ts";

export function recomputeScore() {
  return {
    contributions: vectors.contributions.map(({ counted, credits }) => {
      const m2 = twiceMedian(counted);
      const shown = m2 === null ? {} : { twice_median: m2 };
      return { counted, ...shown, credits, contribution: contribution(credits, m2) };
    }),
    scores: vectors.scores.map((given) => {
      const { rules, min_uptime, components } = given;
      const total = score(rules, components);
      return {
        ...given,
        score: total,
        valid: isValidScore(rules, min_uptime, { ...components, score: total }),
      };
    }),
  };
}
