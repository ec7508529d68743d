import { fields, hex, integer, oneOf, text, withRules } from "../fields.ts";
import type { Excuse, Maintenance, Seat, StandingRecord } from "./types.ts";
import { nodeIdCheck, reasonCheck, ruleProblems } from "./value-checks.ts";

export const standingCheck = withRules(
  fields<StandingRecord>(
    {
      node_id: nodeIdCheck,
      standing: oneOf("pending", "active", "suspended", "retired"),
      reason: reasonCheck,
      by: oneOf("admission", "operator", "owner", "flag"),
      wallet_signature: hex(65),
      seq: integer(),
    },
    ["wallet_signature", "seq"],
  ),
  ({ by, wallet_signature, seq }: StandingRecord, pointer) => [
    ...ruleProblems(
      (wallet_signature === undefined) === (seq === undefined),
      `${pointer}/seq`,
      "must stand beside wallet_signature, which signs it, and never alone",
    ),
    ...ruleProblems(
      by === "owner" || wallet_signature === undefined,
      `${pointer}/wallet_signature`,
      "is for a standing by the owner",
    ),
  ],
);

export const seatCheck = withRules(
  fields<Seat>(
    {
      pool_id: text(),
      seat: integer(),
      node_id: nodeIdCheck,
      consent: oneOf("equal", "work_credits"),
    },
    ["node_id", "consent"],
  ),
  ({ node_id, consent }: Seat, pointer) =>
    ruleProblems(
      (node_id === undefined) === (consent === undefined),
      `${pointer}/consent`,
      "must be there exactly when node_id is",
    ),
);

export const maintenanceCheck = withRules(
  fields<Maintenance>({ node_id: nodeIdCheck, from_slot: integer(), to_slot: integer() }),
  spanProblems,
);

export const excuseCheck = withRules(
  fields<Excuse>(
    { kind: oneOf("deaf"), from_slot: integer(), to_slot: integer(), deaf_ms: integer() },
    ["deaf_ms"],
  ),
  spanProblems,
);

function spanProblems({ from_slot, to_slot }: Maintenance | Excuse, pointer: string) {
  return ruleProblems(from_slot < to_slot, `${pointer}/to_slot`, "must be above from_slot");
}
