import type { ErrorCode } from "@lucid/api";
import type { EnrolmentProblem } from "@lucid/protocol";
import type { Refusal, Standing } from "./contract.ts";

export const refuse = (code: ErrorCode, detail: string): Refusal => ({
  outcome: "refused",
  code,
  detail,
});

/** The API's code for what the protocol finds wrong with an enrolment. */
export const codeOfProblem: Record<EnrolmentProblem, ErrorCode> = {
  malformed: "request.invalid",
  bad_address: "enrol.address",
  header_hash: "enrol.header_hash",
  pow: "enrol.proof_of_work",
  bad_key: "enrol.public_key",
  torsion: "enrol.public_key",
  wrong_signature: "enrol.signature",
  wallet_signature: "enrol.wallet_signature",
};

/** Why a node whose latest standing is `from` cannot become `to`, null when it can. */
export const standingRefusal = (from: Standing, to: Standing): Refusal | null =>
  from === "retired" && to !== "retired"
    ? refuse("nodes.standing", `the node is retired, which is final; it cannot become ${to}`)
    : null;
