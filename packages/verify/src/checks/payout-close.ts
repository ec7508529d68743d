import type { LedgerEntry } from "@lucid/protocol";
import type { Debit } from "./debits.ts";

/**
 * Whether an adjustment ends a dispute as it must ("closed by two people with an adjustment entry"): the payout's net is
 * no longer in flight, the owner gets back at most what was taken, and the rest has left as a cost.
 */
export const isCloseOf = (entry: LedgerEntry, debit: Debit): boolean => {
  const backMicro = BigInt(entry.amount_micro);
  const feeBackMicro = backMicro > debit.netMicro ? backMicro - debit.netMicro : 0n;
  const contra = [
    { account: "costs", amountMicro: debit.netMicro + feeBackMicro - backMicro },
    { account: "fees", amountMicro: -feeBackMicro },
    { account: "in_flight", amountMicro: -debit.netMicro },
  ];
  return (
    entry.account === `owner:${debit.ownerId}` &&
    backMicro >= 0n &&
    backMicro <= debit.grossMicro &&
    JSON.stringify(entry.contra) ===
      JSON.stringify(
        contra
          .filter(({ amountMicro }) => amountMicro !== 0n)
          .map(({ account, amountMicro }) => ({ account, amount_micro: amountMicro.toString() })),
      )
  );
};
