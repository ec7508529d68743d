import type { Decision, PayoutDocument } from "./documents.ts";
import { isUnsigned } from "./states.ts";

/** The attempt that a decision made now is about: that of the signature to come, or the one that was sent. */
export const attemptOf = (payout: PayoutDocument): number =>
  isUnsigned(payout) ? payout.attempt + 1 : payout.attempt;

/** The decisions that are about this payout as it is now; any other has lapsed. */
const inForce = (payout: PayoutDocument, act: Decision["act"]): Decision[] =>
  payout.decisions.filter(
    (decision) =>
      decision.act === act &&
      decision.recipient === payout.recipient &&
      decision.net_micro === payout.net_micro &&
      decision.attempt === attemptOf(payout),
  );

/** People who approved it, each once. */
export const approversOf = (payout: PayoutDocument): string[] => [
  ...new Set(inForce(payout, "approve").map(({ by }) => by)),
];

/** Who has cancelled it; it is taken only before anything is signed, and nothing is signed after it. */
export const cancelOf = (payout: PayoutDocument): Decision | null =>
  payout.decisions.find(({ act }) => act === "cancel") ?? null;

/** Who vouched that its attempt never got onto the chain. */
export const expireOf = (payout: PayoutDocument): Decision | null =>
  inForce(payout, "expire")[0] ?? null;

/** Whether a person wants the owner paid again although this one failed. */
export const isRetried = ({ decisions }: PayoutDocument): boolean =>
  decisions.some(({ act }) => act === "retry");

/**
 * The first two different people whose latest words close it with the same amount; null while there are not two. Words
 * are only ever added, so what was agreed once stays, also while its entry is in the ledger and not said here yet.
 */
export const closeOf = (payout: PayoutDocument): readonly [Decision, Decision] | null => {
  const latest = new Map<string, Decision>();
  for (const word of inForce(payout, "close")) {
    latest.set(word.by, word);
    const other = [...latest.values()].find(
      ({ by, back_micro }) => by !== word.by && back_micro === word.back_micro,
    );
    if (other !== undefined) return [other, word];
  }
  return null;
};
