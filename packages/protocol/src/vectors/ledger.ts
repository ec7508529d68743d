import vectors from "../../../../vectors/ledger.json" with { type: "json" };
import { verifyChain } from "../ledger/chain.ts";
import { makeEntry } from "../ledger/entry.ts";
import type { LedgerDraft, LedgerEntry } from "../ledger/entry.ts";
import { bindingKey, payoutId } from "../ledger/keys.ts";

type JsonDraft = Omit<LedgerDraft, "amountMicro" | "contra"> & {
  amount_micro: string;
  contra: { account: string; amount_micro: string }[];
};

export function recomputeLedger() {
  return {
    keys: vectors.keys.map((given) => ({
      ...given,
      payout_id: payoutId(given.network_id, given.account, given.seq),
    })),
    bindings: vectors.bindings.map((given) => ({
      ...given,
      key: bindingKey(given.network_id, given.chain, given.token),
    })),
    chains: vectors.chains.map(({ drafts }) => ({
      drafts,
      entries: appendAll(drafts as JsonDraft[]),
    })),
    broken: vectors.broken.map((given) => {
      const verdict = verifyChain(given.entries as LedgerEntry[]);
      return {
        ...given,
        ...(verdict.ok ? { seq: null } : { seq: verdict.seq, code: verdict.code }),
      };
    }),
  };
}

function appendAll(drafts: readonly JsonDraft[]): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  for (const draft of drafts) entries.push(makeEntry(entries.at(-1) ?? null, draftFromJson(draft)));
  return verifyChain(entries).ok ? entries : [];
}

function draftFromJson({ amount_micro, contra, ...rest }: JsonDraft): LedgerDraft {
  return {
    ...rest,
    amountMicro: BigInt(amount_micro),
    contra: contra.map((line) => ({
      account: line.account,
      amountMicro: BigInt(line.amount_micro),
    })),
  };
}
