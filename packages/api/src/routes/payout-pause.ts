import { Type } from "typebox";
import { defineRoute } from "../route.ts";
import { object, Reason, Time } from "../schemas.ts";

const Pause = object({
  state: Type.Union([Type.Literal("paused"), Type.Literal("running")]),
  reason: Type.String(),
  by: Type.String(),
  at: Time,
});

/** Said by people, and holds for every payout. */
const saying = {
  method: "POST",
  tag: "payouts",
  roles: ["treasurer", "admin"],
  audit: { reads: "getPayoutSchedule" },
  rate: "payouts",
  body: object({ reason: Reason }),
  response: { 200: Pause },
  errors: ["payouts.not_configured"],
} as const;

export const payoutPauseRoutes = {
  pausePayouts: defineRoute({
    ...saying,
    operationId: "pausePayouts",
    path: "/api/v1/payouts/pause",
    summary: "Make no payouts and sign nothing until somebody resumes; what was sent is followed",
  }),
  resumePayouts: defineRoute({
    ...saying,
    operationId: "resumePayouts",
    path: "/api/v1/payouts/resume",
    summary: "Pay again",
  }),
};
