import type { ErrorCode } from "@lucid/api";
import { type Bitmap, createBitmap, type EnrolmentProblem, setBits } from "@lucid/protocol";
import type { Refusal, Standing, StandingChange } from "./contract.ts";

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

/** What the decisions, in order, say about a slot; before the first one a node is pending. */
export const standingIn = (changes: readonly StandingChange[], slot: number): Standing => {
  for (let at = changes.length - 1; at >= 0; at--) {
    const change = changes[at] as StandingChange;
    if (change.fromSlot <= slot) return change.standing;
  }
  return "pending";
};

/** The slots of a span in which the decisions, in order, make a node active: bit i is slot `firstSlot + i`. */
export const activeBitmap = (
  changes: readonly StandingChange[],
  { firstSlot, slots }: { firstSlot: number; slots: number },
): Bitmap => {
  const bitmap = createBitmap(slots);
  changes.forEach(({ standing, fromSlot }, i) => {
    if (standing !== "active") return;
    const until = changes
      .slice(i + 1)
      .reduce((slot, next) => Math.min(slot, next.fromSlot), Infinity);
    setBits(bitmap, Math.max(0, fromSlot - firstSlot), Math.min(slots, until - firstSlot));
  });
  return bitmap;
};
