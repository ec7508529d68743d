import type { Genesis, LedgerEntry } from "@lucid/protocol";
import { toIso, toSealed, toUsdt } from "../shared/view.ts";

export const entryToView = (
  genesis: Genesis,
  { entry, sealedSlot }: { entry: LedgerEntry; sealedSlot: number | null },
) => ({
  account: entry.account,
  seq: entry.seq,
  key: entry.key,
  kind: entry.kind,
  amount_usdt: toUsdt(BigInt(entry.amount_micro)),
  balance_usdt: toUsdt(BigInt(entry.balance_micro)),
  contra: entry.contra.map(({ account, amount_micro }) => ({
    account,
    amount_usdt: toUsdt(BigInt(amount_micro)),
  })),
  ref: entry.ref ?? null,
  epoch: entry.epoch ?? null,
  policy: entry.policy,
  at: toIso(entry.at),
  prev_hash: entry.prev_hash,
  hash: entry.hash,
  sealed: toSealed(genesis, sealedSlot),
});
