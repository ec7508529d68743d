import { ownerAccount, payoutFee, type Policy } from "@lucid/protocol";
import { compareAndSet } from "../shared/compare-and-set.ts";
import { Fault } from "../shared/fault.ts";
import type { Difference, TreasuryContext } from "./contract.ts";
import type { RecordDocument } from "./documents.ts";
import { stuckAdjustment } from "./words.ts";

/**
 * What a payout of this net took from a balance, fee included: the balance itself when that fits, as a payout takes all
 * of it, otherwise the least that fits. Null when no gross has this net.
 */
export const grossOfNet = (
  policy: Policy,
  netMicro: bigint,
  balanceMicro: bigint,
): bigint | null => {
  const netOf = (gross: bigint): bigint => gross - payoutFee(policy.payout, gross);
  if (balanceMicro > 0n && netOf(balanceMicro) === netMicro) return balanceMicro;
  let low = netMicro;
  let high = netMicro + BigInt(policy.payout.fee_max_micro);
  while (low < high) {
    const middle = (low + high) / 2n;
    if (netOf(middle) < netMicro) low = middle + 1n;
    else high = middle;
  }
  return netOf(low) === netMicro ? low : null;
};

/** Carries out what people recorded and a crash left undone; what cannot be yet is told. Repeatable. */
export const driveAdjustments = async (context: TreasuryContext): Promise<Difference[]> => {
  const due = await context.records.find({ where: { adjustment: "due" } });
  const stuck: Difference[] = [];
  for (const record of due) if (!(await adjust(context, record))) stuck.push(toStuck(record));
  return stuck;
};

const keyOf = (txid: string) => `adjustment:${txid}` as const;

/**
 * Whether a balance was debited for the Transfer already. Without its record that is so where the ledger came back with
 * the log: records are not in it.
 */
export const isDebited = async (
  { ledger }: Pick<TreasuryContext, "ledger">,
  txid: string,
): Promise<boolean> => (await ledger.byKey(keyOf(txid))) !== null;

/** One entry takes from the owner what the Transfer paid, as `adjustment:<txid>`. False while the balance lacks it. */
const adjust = async (
  { ledger, records }: Pick<TreasuryContext, "ledger" | "records">,
  record: RecordDocument,
): Promise<boolean> => {
  const { id: txid, gross_micro: grossMicro = 0n, owner_id: ownerId = "", policy = 0 } = record;
  const netMicro = record.transfers.reduce((total, { amount_micro }) => total + amount_micro, 0n);
  const appended = await ledger.append({
    account: ownerAccount(ownerId),
    key: keyOf(txid),
    amountMicro: -grossMicro,
    contra: [
      { account: "costs", amountMicro: netMicro },
      ...(grossMicro > netMicro ? [{ account: "fees", amountMicro: grossMicro - netMicro }] : []),
    ],
    ref: txid,
    policy,
    at: record.recorded_at,
  });
  if (appended.outcome === "conflict") throw new Fault(appended.code, appended.detail);
  if (appended.outcome === "short") return false;
  await compareAndSet(records, txid, { adjustment: "done" }, { adjustment: "due" });
  return true;
};

const toStuck = ({ id, owner_id = "", gross_micro = 0n }: RecordDocument): Difference =>
  stuckAdjustment(id, owner_id, gross_micro);
