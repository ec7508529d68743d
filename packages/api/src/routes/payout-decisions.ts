import { Type } from "typebox";
import { defineRoute } from "../route.ts";
import { Address, object, PayoutId, Reason, UsdtInput } from "../schemas.ts";
import { PayoutView } from "./payouts.ts";

const Attempt = Type.Integer({ minimum: 1, description: "the attempt that is decided about" });

/** What people decide about one payout: written down at once, carried out by the payer's next run. */
const decision = {
  method: "POST",
  tag: "payouts",
  roles: ["treasurer", "admin"],
  audit: { reads: "getPayout" },
  rate: "payouts",
  params: object({ payout_id: PayoutId }),
  response: { 200: PayoutView },
  errors: ["payouts.unknown", "payouts.state", "payouts.not_configured"],
} as const;

export const payoutDecisionRoutes = {
  approvePayout: defineRoute({
    ...decision,
    operationId: "approvePayout",
    path: "/api/v1/payouts/:payout_id/approve",
    summary: "Approve a payout that waits for a person; above the policy's limit two have to",
    description:
      "Names what is approved; with another recipient, net or attempt the approval is refused, and it lapses when one changes.",
    body: object({
      recipient: Address,
      net_usdt: UsdtInput,
      attempt: Attempt,
      reason: Type.Optional(Reason),
    }),
    errors: [...decision.errors, "payouts.changed"],
  }),
  cancelPayout: defineRoute({
    ...decision,
    operationId: "cancelPayout",
    path: "/api/v1/payouts/:payout_id/cancel",
    summary: "Give a payout back to the balance before it is sent",
    description:
      "Also one that the signer refuses, or whose time on the chain is over: it is not sent any more, and given back once its attempt is provably dead.",
    body: object({ reason: Reason }),
  }),
  expirePayout: defineRoute({
    ...decision,
    operationId: "expirePayout",
    path: "/api/v1/payouts/:payout_id/expire",
    summary: "Vouch that an attempt never got onto the chain, where only one endpoint can show it",
    description:
      "Stands in for the second endpoint and never against what a block shows. Once the attempt is dead a new one is made.",
    body: object({ attempt: Attempt, reason: Reason }),
    errors: [...decision.errors, "payouts.changed"],
  }),
  retryPayout: defineRoute({
    ...decision,
    operationId: "retryPayout",
    path: "/api/v1/payouts/:payout_id/retry",
    summary:
      "Pay the owner again although the last payouts failed: three more are tried by themselves",
    body: object({ reason: Reason }),
  }),
  closePayout: defineRoute({
    ...decision,
    operationId: "closePayout",
    path: "/api/v1/payouts/:payout_id/close",
    summary: "End a dispute: two people say how much goes back to the owner",
    body: object({
      give_back_usdt: UsdtInput,
      reason: Reason,
    }),
    errors: [...decision.errors, "payouts.amount"],
  }),
};
