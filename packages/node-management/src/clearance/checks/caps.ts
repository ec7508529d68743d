import { type Finding, failed, fine, unknown } from "@lucid/platform/checks";
import { parseUsdt, slotAt } from "@lucid/protocol";
import { toUsdt } from "../../shared/view.ts";
import type { ClearanceContext } from "../contract.ts";
import type { SignerReading } from "../signer-view.ts";

/** What lets more than this out in a day is no cap. */
const MOST_DAY_MICRO = 1_000_000_000_000n;

/** Whether a day's damage is bounded twice: by the policy, and by the signer whatever it is asked. */
export const judgeCaps = (context: ClearanceContext, signer: SignerReading): Finding => {
  if (!signer.ok) return unknown("the signer does not tell its caps", "start `lucid signer`");
  const { genesis } = context.network;
  const { payout } = context.policies.forSlot(slotAt(genesis, context.clock.now()));
  const policy = [BigInt(payout.hour_cap_micro), BigInt(payout.day_cap_micro)];
  if (policy.some(isNone))
    return failed("the policy's hour or day cap is none", "change it with POST /policies");
  const { hour, day, payout_usdt, day_count } = signer.value.caps;
  const own = [payout_usdt, hour.cap_usdt, day.cap_usdt].map((text) => parseUsdt(text));
  if (own.some(isNone) || day_count.cap === 0)
    return failed("a cap of the signer is none", "set SIGNER_*_CAP_USDT in signer.yaml");
  return fine(
    `a day: ${toUsdt(BigInt(payout.day_cap_micro))} USDT by policy, ${day.cap_usdt} USDT by the signer`,
  );
};

const isNone = (micro: bigint): boolean => micro <= 0n || micro > MOST_DAY_MICRO;
