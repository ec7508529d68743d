import type { BlockNetwork, LedgerEntry, PayoutRecord, RecordType } from "@lucid/protocol";
import type { Checked, Tally } from "../report/tally.ts";
import type { Placed, SortedBody, TimedBlock } from "./block.ts";
import { firstProblem } from "./problem.ts";
import type { Place, Verdict } from "./problem.ts";

export type BooksDeps = {
  readonly network: BlockNetwork;
  readonly tally: Tally;
  /** takes the entries that bind the ledger to a chain, and every payout that is said to be on it */
  readonly bound: (entry: LedgerEntry) => void;
  readonly confirmed: (record: PayoutRecord, at: Place) => void;
};

/** One thing that is checked in every block. */
export type Step = (block: TimedBlock, body: SortedBody) => Verdict;

/** A step that checks each record of a type and counts those that follow. */
export const each =
  <Type extends RecordType>(
    type: Type,
    check: (placed: Placed<Type>, block: TimedBlock) => Verdict,
    count: (records: number) => void = () => {},
  ): Step =>
  (block, body) => {
    const records = body.of(type);
    const found = firstProblem(records, (placed) => check(placed, block));
    if (found === null) count(records.length);
    return found;
  };

/** Counts what follows under a name. */
export const counting =
  (tally: Tally, what: Checked) =>
  (records: number): void =>
    tally.check(what, records);

/** A step that only takes note. */
export const noting =
  (note: (block: TimedBlock) => void): Step =>
  (block) => {
    note(block);
    return null;
  };
