import { basisPoints, fields, hex, integer, micro, oneOf } from "../fields.ts";
import type { EpochClosed, EpochResult } from "../settlement/records.ts";
import type { AuditRoot, PayoutRecord } from "./types.ts";
import { addressCheck, nodeIdCheck, ownerIdCheck, payoutIdCheck } from "./value-checks.ts";

const flag = oneOf(true, false);

export const epochResultCheck = fields<EpochResult>({
  epoch: integer(),
  node_id: nodeIdCheck,
  eligible: integer(),
  present: integer(),
  time: basisPoints,
  time_known: flag,
  credits: integer(),
  own: basisPoints,
  alpha: integer(),
  beta: integer(),
  reputation: basisPoints,
  contribution: basisPoints,
  score: basisPoints,
  valid: flag,
  reward_micro: micro(),
});

export const epochClosedCheck = fields<EpochClosed>({
  epoch: integer(),
  count: integer(),
  root: hex(32),
  total_micro: micro(),
  budget_micro: micro(),
});

export const payoutCheck = fields<PayoutRecord>(
  {
    payout_id: payoutIdCheck,
    owner_id: ownerIdCheck,
    state: oneOf(
      "created",
      "approved",
      "signed",
      "confirmed",
      "failed",
      "expired",
      "disputed",
      "cancelled",
    ),
    attempt: integer(1),
    recipient: addressCheck,
    gross_micro: micro(),
    net_micro: micro(),
    fee_micro: micro(),
    at: integer(),
    txid: hex(32),
    tron_block: integer(),
  },
  ["txid", "tron_block"],
);

export const auditRootCheck = fields<AuditRoot>({
  epoch: integer(),
  count: integer(),
  root: hex(32),
});
