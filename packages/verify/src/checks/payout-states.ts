import type { PayoutRecord } from "@lucid/protocol";
import { problem } from "./problem.ts";
import type { Verdict } from "./problem.ts";

export type PayoutState = PayoutRecord["state"];

/** How far a payout is. */
export type Progress = {
  readonly state: PayoutState;
  readonly attempt: number;
  readonly txid: string | null;
};

/** What may follow what ("Payout life cycle"); a broadcast is not sealed, since no owner sees it. */
const NEXT: Record<PayoutState, readonly PayoutState[]> = {
  created: ["approved", "cancelled"],
  approved: ["signed", "cancelled"],
  signed: ["confirmed", "failed", "expired", "disputed"],
  expired: ["approved", "signed", "cancelled"],
  confirmed: [],
  failed: [],
  disputed: [],
  cancelled: [],
};

const RANK: Record<PayoutState, number> = {
  created: 0,
  approved: 1,
  cancelled: 2,
  signed: 2,
  confirmed: 3,
  failed: 3,
  expired: 3,
  disputed: 3,
};

/** In one block the records of a payout stand by their bytes; this is the order in which they were made. */
export const byProgress = (a: PayoutRecord, b: PayoutRecord): number =>
  a.attempt - b.attempt || RANK[a.state] - RANK[b.state];

/** Whether a state of a payout may follow the one it had (null: none). */
export const checkStep = (before: Progress | null, record: PayoutRecord): Verdict => {
  const { payout_id: id, state, attempt } = record;
  const isLegal = before === null ? state === "created" : NEXT[before.state].includes(state);
  if (!isLegal)
    return problem(
      "payout.state",
      `${id} becomes ${state}, which cannot follow ${before === null ? "nothing" : before.state}.`,
    );
  const expected = before === null ? 1 : before.attempt + (before.state === "expired" ? 1 : 0);
  if (attempt !== expected)
    return problem(
      "payout.attempt",
      `${id} becomes ${state} in attempt ${attempt}; it is attempt ${expected}.`,
    );
  return checkTransfer(before, record);
};

const checkTransfer = (before: Progress | null, record: PayoutRecord): Verdict => {
  const { payout_id: id, state, txid, tron_block } = record;
  const isSent = RANK[state] > 1 && state !== "cancelled";
  if (isSent !== (txid !== undefined))
    return problem(
      "payout.txid",
      `${id} is ${state}, and ${isSent ? "names no" : "yet names a"} transaction.`,
    );
  if (RANK[state] === 3 && txid !== before?.txid)
    return problem(
      "payout.txid",
      `${id} is ${state} by transaction ${txid}, but ${before?.txid} was signed.`,
    );
  const isInBlock = RANK[state] === 3 && state !== "expired";
  if (isInBlock && tron_block === undefined)
    return problem("payout.tron_block", `${id} is ${state}, and names no block of the chain.`);
  return null;
};
