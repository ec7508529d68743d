import { payoutReversalKey } from "@lucid/protocol";
import { Fault } from "../shared/fault.ts";
import { advance } from "./advance.ts";
import type { PayerContext } from "./contract.ts";
import type { PayoutDocument } from "./documents.ts";

/** Gives back every payout that failed or was cancelled and was not given back yet: the state is first, the entry second. */
export const reverseFailed = async (context: PayerContext): Promise<void> => {
  const due = await context.payouts.find({ where: { reversal: "due" } });
  for (const payout of due) await reverse(context, payout);
};

const reverse = async (context: PayerContext, payout: PayoutDocument): Promise<void> => {
  if (payout.state !== "failed" && payout.state !== "cancelled")
    throw new Fault(
      "payouts.reversal",
      `payout ${payout.id} is ${payout.state} and cannot be given back`,
    );
  const appended = await context.ledger.append({
    account: payout.account,
    key: payoutReversalKey(payout.id),
    amountMicro: payout.gross_micro,
    contra: [
      { account: "in_flight", amountMicro: -payout.net_micro },
      { account: "fees", amountMicro: -payout.fee_micro },
    ],
    ref: payout.recipient,
    policy: payout.policy,
    at: context.clock.now(),
  });
  if (appended.outcome === "conflict") throw new Fault(appended.code, appended.detail);
  await advance(context, payout, { reversal: "done" });
};
