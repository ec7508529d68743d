import type { RecordType } from "./types.ts";

/**
 * Every type of record in body order, also those that no body may hold yet: when they come, nothing moves.
 * The list of the protocol; changing it changes what a body is.
 */
export const RECORD_ORDER = [
  "key_change",
  "policy",
  "enrolment",
  "address_change",
  "standing",
  "seat",
  "commitment",
  "maintenance",
  "excuse",
  "task_proof",
  "audit_outcome",
  "stake_read",
  "flag",
  "leader_signature",
  "seed",
  "schedule",
  "epoch_result",
  "epoch_closed",
  "ledger_entry",
  "payout",
  "audit_root",
] as const;

/** Where a type of record stands in a body, from 0. */
export function recordRank(type: RecordType): number {
  return RECORD_ORDER.indexOf(type);
}
