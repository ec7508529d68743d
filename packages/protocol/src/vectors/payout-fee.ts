import vectors from "../../../../vectors/payout-fee.json" with { type: "json" };
import { payoutFee, splitPayout } from "../payout-fee.ts";
import { defaultPolicy } from "../policy-defaults.ts";
import { outcome } from "./outcome.ts";

const template = defaultPolicy({ fromEpoch: 0, epochBudgetMicro: 0n });

export function recomputePayoutFee() {
  return {
    fees: vectors.fees.map(({ rules, gross }) => {
      const policy = { ...template, payout: { ...template.payout, ...rules } };
      const fee = payoutFee(policy.payout, BigInt(gross)).toString();
      return {
        rules,
        gross,
        fee,
        ...outcome(() => ({ net: splitPayout(policy, BigInt(gross)).net.toString() })),
      };
    }),
  };
}
