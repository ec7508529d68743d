import { resultsRoot, splitByWeight } from "@lucid/protocol";
import type { EpochResult, LedgerDraft, SettlementInput, SettlementResult } from "@lucid/protocol";
import type { Lies, WorldPlan, WorldRecord } from "./plan.ts";

/** What is a lie, how it is told, what catches it as `code @ height`, and where the world differs from the full plan. */
export type Lie = [lie: string, lies: Lies, caught: string, plan?: Partial<WorldPlan>];

/** A lie about what stands in one block. */
export const at =
  <T>(height: number, change: (items: T[]) => T[]) =>
  (here: number, items: T[]): T[] =>
    here === height ? change(items) : items;

/** Records of a kind are left out of every block. */
export const without = (isMeant: (record: WorldRecord) => boolean): Lies => ({
  records: (_, records) => records.filter((record) => !isMeant(record)),
});

/** The first entry that is meant is entered otherwise, and the chain goes on from there. */
export const firstEntry = (
  isMeant: (draft: LedgerDraft) => boolean,
  change: (draft: LedgerDraft) => LedgerDraft[],
): Lies => {
  let isDone = false;
  return {
    entries: (drafts) =>
      drafts.flatMap((draft) => {
        if (isDone || !isMeant(draft)) return [draft];
        isDone = true;
        return change(draft);
      }),
  };
};

/** An operator who changes the results of one epoch before anything follows from them. */
export const lieAboutResult =
  (
    epoch: number,
    change: (results: readonly EpochResult[]) => EpochResult[],
    { isRepaid = true } = {},
  ): NonNullable<Lies["result"]> =>
  (result, input) => {
    if (input.epoch !== epoch) return result;
    const changed = change(result.results);
    return close(result, isRepaid ? repay(changed, result, input) : changed);
  };

/** Changes what the result of the first node in a list of results says. */
export const changeFirst =
  (change: (result: EpochResult) => Partial<EpochResult>) =>
  (results: readonly EpochResult[]): EpochResult[] =>
    results.map((result, i) => (i === 0 ? { ...result, ...change(result) } : result));

const repay = (
  results: readonly EpochResult[],
  { closed }: SettlementResult,
  { policy }: SettlementInput,
): EpochResult[] => {
  const parts = results
    .filter(({ valid }) => valid)
    .map(({ node_id: id, credits, score }) => ({ id, weight: BigInt(credits) * BigInt(score) }));
  const rewards = splitByWeight(BigInt(closed.budget_micro), parts);
  const cap = BigInt(policy.max_reward_per_node_micro);
  return results.map((result) => {
    const share = rewards.get(result.node_id) ?? 0n;
    return { ...result, reward_micro: (share < cap ? share : cap).toString() };
  });
};

const close = ({ closed }: SettlementResult, results: EpochResult[]): SettlementResult => ({
  results,
  closed: {
    ...closed,
    count: results.length,
    root: resultsRoot(results),
    total_micro: results
      .reduce((sum, { reward_micro }) => sum + BigInt(reward_micro), 0n)
      .toString(),
  },
});
