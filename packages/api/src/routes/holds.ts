import { Type } from "typebox";
import { HOLD_REASONS } from "../hold-reasons.ts";
import { defineRoute } from "../route.ts";
import {
  HoldId,
  list,
  nullable,
  object,
  OwnerId,
  pageQuery,
  Reason,
  Time,
  Usdt,
  UsdtInput,
} from "../schemas.ts";

const HoldState = Type.Enum(["active", "released", "upheld"]);
const ReasonCode = Type.Enum([...HOLD_REASONS], { description: "what it is about, in one word" });

export const HoldView = object({
  hold_id: HoldId,
  owner_id: OwnerId,
  state: HoldState,
  words: Type.String({
    description: "since when, why, who decides and what about; for owner and treasurer",
  }),
  reason_code: ReasonCode,
  reason: Type.String(),
  held_by: Type.String(),
  held_at: Time,
  decisions: Type.Array(
    object({ by: Type.String(), at: Time, reason: Type.String(), forfeit_usdt: Usdt }),
    { description: "who would uphold it, oldest first; two different people say the same amount" },
  ),
  ended: nullable(object({ by: Type.Array(Type.String()), at: Time, reason: Type.String() })),
  forfeit_usdt: nullable(Usdt),
  ledger_key: nullable(
    Type.String({ description: "of the entry that took what is forfeited; null before it" }),
  ),
});

const params = object({ hold_id: HoldId });

export const holdRoutes = {
  listHolds: defineRoute({
    operationId: "listHolds",
    method: "GET",
    path: "/api/v1/holds",
    tag: "payouts",
    summary: "Whose payouts are held, since when, why and who decides, newest first",
    roles: ["anyone"],
    query: object({
      ...pageQuery,
      owner_id: Type.Optional(OwnerId),
      state: Type.Optional(HoldState),
    }),
    response: { 200: list(HoldView) },
    errors: [],
  }),
  getHold: defineRoute({
    operationId: "getHold",
    method: "GET",
    path: "/api/v1/holds/:hold_id",
    tag: "payouts",
    summary: "One hold",
    roles: ["anyone"],
    params,
    response: { 200: HoldView },
    errors: ["holds.unknown"],
  }),
  putHold: defineRoute({
    operationId: "putHold",
    method: "POST",
    path: "/api/v1/holds",
    tag: "payouts",
    summary: "Hold an owner's payouts: rewards go on accruing, nothing is signed",
    description:
      "The words are for the owner, and everybody sees them; they never stand in the public log. The same words again find the hold.",
    roles: ["operator", "treasurer", "admin"],
    rate: "payouts",
    audit: { subject: "hold_id" },
    body: object({ owner_id: OwnerId, reason_code: ReasonCode, reason: Reason }),
    response: { 200: HoldView, 201: HoldView },
    errors: ["owners.unknown", "holds.held"],
  }),
  releaseHold: defineRoute({
    operationId: "releaseHold",
    method: "POST",
    path: "/api/v1/holds/:hold_id/release",
    tag: "payouts",
    summary: "End a hold: what is due is paid with the next run",
    roles: ["operator", "treasurer", "admin"],
    rate: "payouts",
    audit: { reads: "getHold" },
    params,
    body: object({ reason: Reason }),
    response: { 200: HoldView },
    errors: ["holds.unknown", "holds.state"],
  }),
  upholdHold: defineRoute({
    operationId: "upholdHold",
    method: "POST",
    path: "/api/v1/holds/:hold_id/uphold",
    tag: "payouts",
    summary: "Say what a held owner forfeits; a second person who says the same makes it so",
    description:
      "One ledger entry `forfeit:<hold_id>` takes the amount from the balance, and the hold ends. Nothing else takes money away.",
    roles: ["treasurer", "admin"],
    rate: "payouts",
    audit: { reads: "getHold" },
    params,
    body: object({ forfeit_usdt: UsdtInput, reason: Reason }),
    response: { 200: HoldView },
    errors: ["holds.unknown", "holds.state", "holds.amount"],
  }),
};
