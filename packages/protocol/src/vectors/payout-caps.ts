import vectors from "../../../../vectors/payout-caps.json" with { type: "json" };
import { firstBeyondCaps } from "../payout-caps.ts";
import type { Approval } from "../payout-caps.ts";

export function recomputePayoutCaps() {
  return {
    caps: vectors.caps.map(({ case: name, approvals }) => {
      const found = firstBeyondCaps(approvals as Approval[]);
      if (found === null) return { case: name, approvals };
      const { position, cap, limit, reached } = found;
      const beyond = { position, cap, limit: limit.toString(), reached: reached.toString() };
      return { case: name, approvals, beyond };
    }),
  };
}
