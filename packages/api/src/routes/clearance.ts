import { Type } from "typebox";
import { defineRoute } from "../route.ts";
import { Address, nullable, object, Reason, Time } from "../schemas.ts";

const Check = object({
  name: Type.String({
    description: "endpoints, history, clock, signer, caps, books or funds",
  }),
  state: Type.Union(
    [Type.Literal("ok"), Type.Literal("warning"), Type.Literal("failed"), Type.Literal("unknown")],
    { description: "unknown is what could not be looked at, and is never taken for ok" },
  ),
  detail: Type.String({ description: "one line: what was seen" }),
  fix: nullable(Type.String({ description: "what to do about it" })),
});

const Decision = object({
  by: Type.String(),
  at: Time,
  reason: Type.String(),
  wallet: Address,
  checks: Type.Array(object({ name: Type.String(), detail: Type.String() }), {
    description: "what was seen before it was decided",
  }),
});

export const clearanceRoutes = {
  checkPayouts: defineRoute({
    operationId: "checkPayouts",
    method: "POST",
    path: "/api/v1/payouts/check",
    tag: "payouts",
    summary: "Check everything that has to be right before money moves on mainnet",
    roles: ["treasurer", "admin", "auditor"],
    rate: "payouts",
    response: {
      200: object({
        required: Type.Boolean({ description: "whether this chain asks for it" }),
        off: nullable(Type.String({ description: "why nothing is signed; null when it may be" })),
        decision: nullable(Decision),
        checks: Type.Array(Check),
        as_of: Time,
      }),
    },
    errors: ["payouts.not_configured"],
  }),
  enablePayouts: defineRoute({
    operationId: "enablePayouts",
    method: "POST",
    path: "/api/v1/payouts/enable",
    tag: "payouts",
    summary: "Let payouts be signed on mainnet with exactly this set-up, once every check is ok",
    description:
      "It holds for the wallet, endpoints, account history and signer of now; when one of them changes, nothing is signed until somebody enables it again.",
    roles: ["treasurer", "admin"],
    audit: { reads: "getPayoutSchedule" },
    rate: "payouts",
    body: object({
      reason: Reason,
    }),
    response: { 200: Decision, 201: Decision },
    errors: ["payouts.checks", "payouts.not_configured"],
  }),
};
