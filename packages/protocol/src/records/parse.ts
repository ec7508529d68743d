import { ProtocolError } from "../error.ts";
import { fields, satisfies, throwOnProblems, withRules } from "../fields.ts";
import type { Check, Problem } from "../fields.ts";
import { ledgerEntryFields } from "../ledger/rules.ts";
import { policyFields, policyRuleProblems } from "../policy-fields.ts";
import type { Policy } from "../policy.ts";
import { excuseCheck, maintenanceCheck, seatCheck, standingCheck } from "./decision-checks.ts";
import { RECORD_ORDER } from "./order.ts";
import {
  auditRootCheck,
  epochClosedCheck,
  epochResultCheck,
  payoutCheck,
} from "./result-checks.ts";
import {
  addressChangeCheck,
  commitmentCheck,
  enrolmentCheck,
  keyChangeCheck,
} from "./signed-checks.ts";
import type { RecordType, SealedRecord } from "./types.ts";

/** The closed field list of each type that a body may hold. */
const dataChecks: Record<RecordType, Check> = {
  key_change: keyChangeCheck,
  policy: withRules(policyFields, (policy: Policy, pointer) =>
    policyRuleProblems(policy).map((problem) => ({
      ...problem,
      pointer: `${pointer}${problem.pointer}`,
    })),
  ),
  enrolment: enrolmentCheck,
  address_change: addressChangeCheck,
  standing: standingCheck,
  seat: seatCheck,
  commitment: commitmentCheck,
  maintenance: maintenanceCheck,
  excuse: excuseCheck,
  epoch_result: epochResultCheck,
  epoch_closed: epochClosedCheck,
  ledger_entry: ledgerEntryFields,
  payout: payoutCheck,
  audit_root: auditRootCheck,
};

const envelope = fields<{ record: string; data: object }>({
  record: satisfies((value) => typeof value === "string", "must be the name of a record type"),
  data: satisfies((value) => typeof value === "object", "must be an object"),
});

/**
 * The record in `{record, data}`, checked field by field; whether its signatures hold and what it says follows is for
 * whoever knows the log before it.
 *
 * Throws `record.invalid` with `details.problems` [{pointer, detail}], `record.type` for a type that the protocol
 * does not know, `record.refused` for one that it knows but whose fields are not settled, so that no body may hold it.
 */
export function parseRecord(value: unknown): SealedRecord {
  throwOnProblems("record", envelope(value, ""));
  const { record, data } = value as { record: string; data: object };
  throwOnProblems("record", checkOf(record)(data, "/data"));
  return value as SealedRecord;
}

/** What is wrong with the fields of a record's data, each with its JSON pointer into it; nothing when all are right. */
export const dataProblems = (type: RecordType, data: object): Problem[] => checkOf(type)(data, "");

function checkOf(type: string): Check {
  if (Object.hasOwn(dataChecks, type)) return dataChecks[type as RecordType];
  const isKnown = RECORD_ORDER.some((known) => known === type);
  throw isKnown
    ? new ProtocolError("record.refused", `a ${type} record cannot be sealed yet`, { type })
    : new ProtocolError("record.type", `there is no record type ${JSON.stringify(type)}`, { type });
}
