import type { ResponseOf, Routes } from "@lucid/api";

type Pool = ResponseOf<Routes["getPool"]>;

/** How members are paid, in words. */
export const rewardWords: Record<Pool["reward_method"], string> = {
  work_credits: "each for its own work",
  equal: "in equal parts",
};

/** How full a pool counts for a node that names none, in words. */
export const placementWords: Record<Pool["placement"], string> = {
  least_loaded: "by how many members it has",
  weighted: "by the scores of its members",
};
