import { firstBeyondCaps } from "@lucid/protocol";
import type { Approval, PayoutRecord } from "@lucid/protocol";
import type { Debit } from "./debits.ts";
import { problem } from "./problem.ts";
import type { Place, Verdict } from "./problem.ts";

/** The approvals of one UTC day of chain time. */
type Day = { approvals: Approval[]; places: Place[] };

const DAY_MS = 86_400_000;

/** What the policy allows in an hour and on a day, by the chain time of the approval. */
export const createCaps = () => {
  const days = new Map<number, Day>();

  return (
    { payout_id, owner_id, gross_micro, at }: PayoutRecord,
    debit: Debit,
    place: Place,
  ): Verdict => {
    const number = Math.floor(at / DAY_MS);
    const day = days.get(number) ?? { approvals: [], places: [] };
    days.set(number, day);
    day.approvals.push({ payout_id, owner_id, gross_micro, at, rules: debit.policy.payout });
    day.places.push(place);
    const beyond = firstBeyondCaps(day.approvals);
    if (beyond === null) return null;
    const { cap, position, reached, limit } = beyond;
    return problem(
      `cap.${cap}`,
      `With the approval of ${day.approvals[position]?.payout_id} the cap ${cap} is exceeded: ${reached} where the policy allows ${limit}.`,
      day.places[position],
    );
  };
};
