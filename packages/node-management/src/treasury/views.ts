import { toIso, toIsoOrNull, toUsdt, toUsdtOrNull } from "../shared/view.ts";
import type { TreasuryStatus, WalletStatus } from "./contract.ts";
import type { RecordDocument, ReconciliationDocument } from "./documents.ts";

export const statusToView = (status: TreasuryStatus, nowMs: number) => {
  const { verdict, checkedAtMs, wallets, unrecorded, unrecordedMicro } = status;
  return {
    state: verdict?.state ?? ("waiting" as const),
    reason: reasonOf(verdict),
    differences:
      verdict?.state === "stopped" ? verdict.differences.map((found) => ({ ...found })) : [],
    checked_at: toIsoOrNull(checkedAtMs),
    wallets: wallets.map(walletToView),
    unrecorded_usdt: toUsdt(unrecordedMicro),
    unrecorded: unrecorded.map(({ txid, wallet, from, amount_micro, block }) => ({
      txid,
      wallet,
      from,
      amount_usdt: toUsdt(amount_micro),
      block,
    })),
    as_of: toIso(nowMs),
  };
};

export const walletToView = ({ address, state, position }: WalletStatus) => ({
  address,
  state,
  block: position?.number ?? null,
  balance_usdt: toUsdtOrNull(position?.balance_micro),
  reconciled_at: toIsoOrNull(position?.reconciled_at),
});

const reasonOf = (verdict: TreasuryStatus["verdict"]): string | null => {
  if (verdict === null) return "chain and books were not compared yet";
  return verdict.state === "open" ? null : verdict.reason;
};

export const recordToView = (record: RecordDocument) => ({
  txid: record.id,
  direction: record.direction,
  transfers: record.transfers.map(({ from, to, amount_micro }) => ({
    from,
    to,
    amount_usdt: toUsdt(amount_micro),
  })),
  block: record.block,
  block_at: toIso(record.block_at),
  reason: record.reason,
  payout_id: record.payout_id ?? null,
  owner_id: record.owner_id ?? null,
  debited_usdt: toUsdtOrNull(record.gross_micro),
  recorded_by: record.recorded_by,
  recorded_at: toIso(record.recorded_at),
});

export const reconciliationToView = ({
  id: _id,
  revision: _revision,
  at,
  ...result
}: ReconciliationDocument) => ({ at: toIso(at), ...result });
