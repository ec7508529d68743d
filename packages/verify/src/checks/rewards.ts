import { ownerAccount, rewardKey } from "@lucid/protocol";
import type { EpochResult, LedgerEntry } from "@lucid/protocol";
import type { Tally } from "../report/tally.ts";
import type { Placed } from "./block.ts";
import type { Deadlines } from "./deadlines.ts";
import type { Members } from "./members.ts";
import type { Policies } from "./policies.ts";
import { problem } from "./problem.ts";
import type { Place, Verdict } from "./problem.ts";

type Deps = {
  readonly members: Pick<Members, "byId">;
  readonly policies: Policies;
  readonly deadlines: Deadlines;
  readonly tally: Tally;
};

type Reward = { readonly epoch: number; readonly nodeId: string; readonly amountMicro: bigint };

/** Every reward becomes one entry: on its owner's account, in ascending node id, and never a second time. */
export const createRewards = ({ members, policies, deadlines, tally }: Deps) => {
  const unpaid = new Map<string, Reward>();
  const latest = new Map<string, Reward>();

  const expectedOf = (
    reward: Reward,
  ): Pick<LedgerEntry, "account" | "amount_micro" | "contra" | "policy"> => ({
    account: ownerAccount(members.byId(reward.nodeId)?.ownerId ?? ""),
    amount_micro: reward.amountMicro.toString(),
    contra: [{ account: "rewards", amount_micro: (-reward.amountMicro).toString() }],
    policy: policies.inForce(reward.epoch).version,
  });

  const checkContent = (entry: LedgerEntry, reward: Reward): Verdict => {
    const { nodeId, epoch } = reward;
    const expected = expectedOf(reward);
    if (entry.account !== expected.account)
      return problem(
        "reward.account",
        `The reward of ${nodeId} for epoch ${epoch} goes to ${entry.account}; the node belongs to ${expected.account}.`,
      );
    if (entry.amount_micro !== expected.amount_micro)
      return problem(
        "reward.amount",
        `${nodeId} is credited ${entry.amount_micro} micro-USDT for epoch ${epoch}; it earned ${expected.amount_micro}.`,
      );
    const isWhole =
      entry.epoch === epoch &&
      entry.policy === expected.policy &&
      JSON.stringify(entry.contra) === JSON.stringify(expected.contra);
    if (!isWhole)
      return problem(
        "reward.content",
        `The entry ${entry.key} must come from the account rewards, name epoch ${epoch} and policy ${expected.policy}.`,
      );
    const before = latest.get(entry.account);
    if (before?.epoch === epoch && before.nodeId > nodeId)
      return problem(
        "reward.order",
        `The reward of ${nodeId} for epoch ${epoch} stands after that of ${before.nodeId}; they ascend by node.`,
      );
    return null;
  };

  return {
    /** The results of a settled epoch say what may be entered from now on. */
    earn: (results: readonly EpochResult[]): void => {
      for (const { epoch, node_id: nodeId, reward_micro } of results) {
        const amountMicro = BigInt(reward_micro);
        if (amountMicro > 0n) unpaid.set(rewardKey(epoch, nodeId), { epoch, nodeId, amountMicro });
      }
    },

    /** The log has closed the epoch: what it earned must be entered soon. */
    expect: (results: readonly EpochResult[], at: Place): void => {
      for (const { epoch, node_id } of results) {
        const key = rewardKey(epoch, node_id);
        if (unpaid.has(key))
          deadlines.expect(key, `the reward entries of epoch ${epoch}`, {
            code: "reward.missing",
            detail: `${node_id} earned a reward in epoch ${epoch}, which closed here, and the log goes on for more than an epoch without entering it.`,
            at,
          });
      }
    },

    check: ({ data: entry, at }: Placed<"ledger_entry">): Verdict => {
      const reward = unpaid.get(entry.key);
      if (reward === undefined)
        return problem(
          "reward.unexpected",
          `${entry.account} is credited ${entry.amount_micro} micro-USDT as ${entry.key}, which was not earned, is not due yet, or was entered before.`,
          at,
        );
      const found = checkContent(entry, reward);
      if (found !== null) return { ...found, at };
      unpaid.delete(entry.key);
      deadlines.meet(entry.key);
      latest.set(entry.account, reward);
      tally.check("rewards");
      return null;
    },
  };
};
