import type { PayoutRecord } from "@lucid/protocol";
import type { Tally } from "../report/tally.ts";
import type { Placed, TimedBlock } from "./block.ts";
import { createCaps } from "./caps.ts";
import type { Deadlines } from "./deadlines.ts";
import type { Debit, Debits } from "./debits.ts";
import { createCloses } from "./payout-close.ts";
import { createReversals } from "./payout-reversals.ts";
import { byProgress, checkStep } from "./payout-states.ts";
import type { PayoutState, Progress } from "./payout-states.ts";
import { firstProblem, problem } from "./problem.ts";
import type { Place, Verdict } from "./problem.ts";

type Deps = {
  readonly debits: Debits;
  readonly deadlines: Deadlines;
  readonly tally: Tally;
  /** takes every payout that is said to be on the chain */
  readonly confirmed: (record: PayoutRecord, at: Place) => void;
};

/** An approval names the time of a block of the chain, by a clock that is at most so far from the service's. */
const MOST_CLOCK_DIFFERENCE_MS = 60_000;
/** That block is as old as the run of the payer in which the debit was made. */
const LONGEST_RUN_MS = 3_600_000;

/** Payouts: each follows from its debit, step by step, and what did not arrive is given back, once. */
export const createPayouts = ({ debits, deadlines, tally, confirmed }: Deps) => {
  const progress = new Map<string, Progress>();
  const txids = new Map<string, string>();
  const approve = createCaps();
  const stateOf = (id: string): PayoutState | undefined => progress.get(id)?.state;
  const reversals = createReversals({ debits, deadlines, stateOf });

  const checkSigned = (id: string, txid: string, debit: Debit, slot: number): Verdict => {
    const earliest = debit.slot + debit.policy.payout.unwitnessed_delay_slots;
    if (slot < earliest)
      return problem(
        "payout.unwitnessed",
        `${id} was signed in slot ${slot}; what no witness has confirmed is paid from slot ${earliest} on.`,
      );
    const other = txids.get(txid);
    if (other !== undefined)
      return problem("payout.txid_twice", `${id} and ${other} name the same transaction ${txid}.`);
    txids.set(txid, id);
    return null;
  };

  const checkNews = (
    { data: record, at: place }: Placed<"payout">,
    debit: Debit,
    { slot, endMs }: TimedBlock,
  ): Verdict => {
    const { payout_id: id, state, txid, at } = record;
    if (state === "approved")
      return checkMoment(record, debit, endMs) ?? approve(record, debit, place);
    if (state === "signed" && txid !== undefined) return checkSigned(id, txid, debit, slot);
    if (state !== "created" || at === debit.atMs) return null;
    return problem("payout.at", `${id} was created at ${at}; its debit was made at ${debit.atMs}.`);
  };

  const follow = (record: PayoutRecord, at: Place): void => {
    const { payout_id: id, state, attempt, txid } = record;
    const before = progress.get(id);
    progress.set(id, { state, attempt, txid: txid ?? before?.txid ?? null });
    tally.check("payout_states");
    if (state === "created") {
      deadlines.meet(`created:${id}`);
      tally.check("payouts");
    }
    if (state === "confirmed") confirmed(record, at);
    if (state === "disputed") deadlines.meet(`disputed:${id}`);
    reversals.follow(record, at);
  };

  const checkState = (placed: Placed<"payout">, block: TimedBlock): Verdict => {
    const { data: record, at } = placed;
    const { payout_id: id, state } = record;
    const debit = debits.get(id);
    if (debit === undefined)
      return problem("payout.no_debit", `${id} is ${state}, but no ledger entry decided it.`, at);
    if (reversals.isOver(id))
      return problem(
        "payout.reversed",
        `${id} becomes ${state} after its money was given back.`,
        at,
      );
    const before = progress.get(id) ?? null;
    const found =
      checkTerms(record, debit) ?? checkStep(before, record) ?? checkNews(placed, debit, block);
    if (found !== null) return { at, ...found };
    follow(record, at);
    return null;
  };

  return {
    checkStates: (placed: readonly Placed<"payout">[], block: TimedBlock): Verdict =>
      firstProblem(
        placed.toSorted((a, b) => byProgress(a.data, b.data)),
        (record) => checkState(record, block),
      ),
    checkReversal: reversals.check,
    checkClose: createCloses({ debits, deadlines, stateOf }),
    endBlock: reversals.endBlock,
  };
};

const checkTerms = (record: PayoutRecord, debit: Debit): Verdict => {
  const terms: [field: string, sealed: string, decided: string][] = [
    ["owner_id", record.owner_id, debit.ownerId],
    ["recipient", record.recipient, debit.recipient],
    ["gross_micro", record.gross_micro, debit.grossMicro.toString()],
    ["net_micro", record.net_micro, debit.netMicro.toString()],
    ["fee_micro", record.fee_micro, debit.feeMicro.toString()],
  ];
  const other = terms.find(([, sealed, decided]) => sealed !== decided);
  if (other === undefined) return null;
  const [field, sealed, decided] = other;
  return problem(
    `payout.${field}`,
    `${record.payout_id} is ${record.state} with ${field} ${sealed}; its debit says ${decided}.`,
  );
};

/** An approval that named another moment would count in the caps of an hour or a day in which there is room. */
const checkMoment = (
  { payout_id: id, at }: PayoutRecord,
  { atMs }: Debit,
  endMs: number,
): Verdict => {
  if (at >= atMs - LONGEST_RUN_MS && at < endMs + MOST_CLOCK_DIFFERENCE_MS) return null;
  return problem(
    "payout.at",
    `${id} was approved at ${at}; its debit was made at ${atMs}, and the slot whose block holds the approval ended at ${endMs}.`,
  );
};
