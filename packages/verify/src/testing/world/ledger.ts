import { makeEntry, ownerAccount, rewardKey } from "@lucid/protocol";
import type { EpochResult, LedgerDraft, LedgerEntry } from "@lucid/protocol";
import type { WorldNode } from "./cast.ts";
import type { Lies, WorldRecord } from "./plan.ts";

/** The operator's ledger. */
export const createWorldLedger = ({ entries: lie }: Lies) => {
  const last = new Map<string, LedgerEntry>();

  const append = (honest: LedgerDraft[]): WorldRecord[] => {
    const drafts = lie?.(honest) ?? honest;
    return drafts.map((draft) => {
      const entry = makeEntry(last.get(draft.account) ?? null, draft);
      last.set(draft.account, entry);
      return { type: "ledger_entry", data: entry };
    });
  };

  return {
    append,
    last: (account: string): LedgerEntry | null => last.get(account) ?? null,

    reward: (
      results: readonly EpochResult[],
      { nodes, policy, at }: { nodes: readonly WorldNode[]; policy: number; at: number },
    ): WorldRecord[] =>
      append(
        results.flatMap(({ epoch, node_id, reward_micro }) => {
          const owner = nodes.find(({ nodeId }) => nodeId === node_id)?.owner.ownerId ?? "";
          const amountMicro = BigInt(reward_micro);
          if (amountMicro === 0n) return [];
          const contra = [{ account: "rewards", amountMicro: -amountMicro }];
          const key = rewardKey(epoch, node_id);
          return [{ account: ownerAccount(owner), key, amountMicro, contra, epoch, policy, at }];
        }),
      ),
  };
};

export type WorldLedger = ReturnType<typeof createWorldLedger>;
