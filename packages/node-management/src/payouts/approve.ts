import type { Policy } from "@lucid/protocol";
import { toUsdt } from "../shared/view.ts";
import { advance, explain } from "./advance.ts";
import { readAttribution } from "./attribution.ts";
import type { PayerContext } from "./contract.ts";
import { approversOf } from "./decisions.ts";
import type { PayoutDocument } from "./documents.ts";
import { policyOf } from "./policy.ts";
import { reserve } from "./reserve.ts";
import { approversNeeded } from "./rules.ts";

/** Approves a payout within the caps, or leaves it to a person where the policy of its debit says so. */
export const approve = async (
  context: PayerContext,
  payout: PayoutDocument,
  chainTimeMs: number,
): Promise<PayoutDocument> => {
  const rules = policyOf(context, payout).payout;
  // Who attributes a Transfer to it says that it is paid: nothing is left to approve.
  const isPaid = (await readAttribution(context, payout)) !== null;
  const needed = isPaid ? 0 : approversNeeded(rules, payout.gross_micro);
  const approvers = needed === 0 ? [] : approversOf(payout);
  if (approvers.length < needed)
    return explain(context, payout, waitsForPerson(rules, payout, approvers));
  const reserved = await reserve(context, payout, { rules, chainTimeMs });
  if (!reserved.ok) return explain(context, reserved.payout, `waits: ${reserved.why}`);
  return advance(context, reserved.payout, {
    state: "approved",
    approved_at: reserved.at,
    why:
      needed === 0
        ? "Approved within the caps; it is signed next."
        : `Approved by ${approvers.join(" and ")}; it is signed next.`,
  });
};

const waitsForPerson = (
  rules: Policy["payout"],
  { gross_micro }: PayoutDocument,
  [approver]: readonly string[],
): string => {
  if (approver !== undefined)
    return `waits: ${approver} approved it, and a second person has to approve ${toUsdt(gross_micro)} USDT`;
  if (approversNeeded(rules, gross_micro) === 1)
    return "waits: this network's payouts are approved by a person";
  return (
    `waits: two people have to approve ${toUsdt(gross_micro)} USDT, which is more than ` +
    `${toUsdt(BigInt(rules.oversight_above_micro))} USDT`
  );
};
