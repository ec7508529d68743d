import { ProtocolError } from "./error.ts";
import type { PayoutRules, Policy } from "./policy.ts";

/**
 * The fee of a payout in micro-USDT: `min(max, max(min, ceil(gross·bp/10000)))`.
 * @param payout the policy's payout rules
 * @param grossMicro what leaves the owner's balance, not negative (else throws `payout.gross`)
 */
export function payoutFee(
  payout: Pick<PayoutRules, "fee_bp" | "fee_min_micro" | "fee_max_micro">,
  grossMicro: bigint,
): bigint {
  if (grossMicro < 0n)
    throw new ProtocolError("payout.gross", `a payout cannot be ${grossMicro} micro-USDT`);
  const share = (grossMicro * BigInt(payout.fee_bp) + 9999n) / 10_000n;
  const atLeast = BigInt(payout.fee_min_micro);
  const atMost = BigInt(payout.fee_max_micro);
  const raised = share < atLeast ? atLeast : share;
  return raised > atMost ? atMost : raised;
}

/** A payout's gross as what is sent and what is kept; throws `payout.fee` when the fee would eat it all. */
export function splitPayout(policy: Policy, grossMicro: bigint): { net: bigint; fee: bigint } {
  const fee = payoutFee(policy.payout, grossMicro);
  if (fee >= grossMicro) {
    throw new ProtocolError(
      "payout.fee",
      `a payout of ${grossMicro} micro-USDT does not cover its fee of ${fee}`,
    );
  }
  return { net: grossMicro - fee, fee };
}
