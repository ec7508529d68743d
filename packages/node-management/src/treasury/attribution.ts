import type { Attribution, TreasuryContext } from "./contract.ts";

/**
 * Of the transactions that people said paid a payout the one that counts. One that was recorded as something else does
 * not: two people named two payouts for it in one moment, and its record is the one that was written first. A record
 * counts also where the payout holds no word of it, as in a copy that read the payout before the word and the record after.
 */
export const findAttribution = async (
  { records }: Pick<TreasuryContext, "records">,
  payoutId: string,
  said: readonly string[],
): Promise<Attribution | null> => {
  for (const txid of said) {
    const record = await records.get(txid);
    if (record === null || record.payout_id === payoutId) return { txid, record };
  }
  const [record] = await records.find({ where: { payout_id: payoutId }, limit: 1 });
  return record === undefined ? null : { txid: record.id, record };
};
