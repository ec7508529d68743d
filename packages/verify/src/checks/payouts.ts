import type { LedgerEntry, PayoutRecord } from "@lucid/protocol";
import type { Tally } from "../report/tally.ts";
import type { Placed, TimedBlock } from "./block.ts";
import { createCaps } from "./caps.ts";
import type { Deadlines } from "./deadlines.ts";
import type { Debit } from "./debits.ts";
import { isCloseOf } from "./payout-close.ts";
import { byProgress, checkStep } from "./payout-states.ts";
import type { PayoutState, Progress } from "./payout-states.ts";
import { firstProblem, problem } from "./problem.ts";
import type { Place, Verdict } from "./problem.ts";

type Deps = {
  readonly debits: { get(id: string): Debit | undefined };
  readonly deadlines: Deadlines;
  readonly tally: Tally;
  /** takes every payout that is said to be on the chain */
  readonly confirmed: (record: PayoutRecord, at: Place) => void;
};

/** After these the debit is given back. An expired attempt is cancelled first. */
const REVERSED: readonly PayoutState[] = ["failed", "cancelled"];
const BEFORE_SIGNED: readonly PayoutState[] = ["created", "approved", "expired"];

/** An approval names the time of a block of the chain, by a clock that is at most so far from the service's. */
const MOST_CLOCK_DIFFERENCE_MS = 60_000;
/** That block is as old as the run of the payer in which the debit was made. */
const LONGEST_RUN_MS = 3_600_000;

/** Payouts: each follows from its debit, step by step, and what did not arrive is given back, once. */
export const createPayouts = ({ debits, deadlines, tally, confirmed }: Deps) => {
  const progress = new Map<string, Progress>();
  const txids = new Map<string, string>();
  const reversed = new Map<string, Place>();
  /** reversals whose reason may still wait for its block */
  const unexplained = new Map<string, Place>();
  const approve = createCaps();

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
    if (REVERSED.includes(state) && !reversed.has(id))
      deadlines.expect(`reversal:${id}`, "the reversals of payouts that did not arrive", {
        code: "payout_reversal.missing",
        detail: `${id} is ${state}, and the log goes on for more than an epoch without giving its owner the money back.`,
        at,
      });
  };

  const checkState = (placed: Placed<"payout">, block: TimedBlock): Verdict => {
    const { data: record, at } = placed;
    const { payout_id: id, state } = record;
    const debit = debits.get(id);
    if (debit === undefined)
      return problem("payout.no_debit", `${id} is ${state}, but no ledger entry decided it.`, at);
    const before = progress.get(id) ?? null;
    if (reversed.has(id) && !unexplained.has(id))
      return problem(
        "payout.reversed",
        `${id} becomes ${state} after its money was given back.`,
        at,
      );
    const found =
      checkTerms(record, debit) ?? checkStep(before, record) ?? checkNews(placed, debit, block);
    if (found !== null) return { at, ...found };
    follow(record, at);
    if (REVERSED.includes(state)) unexplained.delete(id);
    return null;
  };

  return {
    checkStates: (placed: readonly Placed<"payout">[], block: TimedBlock): Verdict =>
      firstProblem(
        placed.toSorted((a, b) => byProgress(a.data, b.data)),
        (record) => checkState(record, block),
      ),

    checkReversal: ({ data: entry, at }: Placed<"ledger_entry">): Verdict => {
      const id = entry.key.replace(/^payout_reversal:/, "");
      const debit = debits.get(id);
      if (debit === undefined)
        return problem(
          "payout_reversal.no_debit",
          `${entry.key} gives back what was never debited.`,
          at,
        );
      if (!isReversalOf(entry, debit))
        return problem(
          "payout_reversal.content",
          `${entry.key} must undo its debit exactly: ${debit.grossMicro} micro-USDT back to owner:${debit.ownerId}.`,
          at,
        );
      reversed.set(id, at);
      deadlines.meet(`reversal:${id}`);
      const state = progress.get(id)?.state;
      if (state === undefined || !REVERSED.includes(state)) unexplained.set(id, at);
      return null;
    },

    /** An adjustment that names a payout ends its dispute; every other one is people's word. */
    checkClose: ({ data: entry, at }: Placed<"ledger_entry">, block: TimedBlock): Verdict => {
      const id = entry.ref ?? "";
      const debit = debits.get(id);
      if (debit === undefined) return null;
      const state = progress.get(id)?.state;
      if (!isCloseOf(entry, debit))
        return problem(
          "payout_close.content",
          `${entry.key} must take the ${debit.netMicro} micro-USDT of ${id} out of what is in flight, and give back at most ${debit.grossMicro}.`,
          at,
        );
      if (state === "disputed") return null;
      if (state !== "signed" && !mayBeSigned(state, block))
        return problem(
          "payout_close.state",
          `${entry.key} ends the dispute of ${id}, which is ${state ?? "not there"}.`,
          at,
        );
      deadlines.expect(`disputed:${id}`, "the disputes that people closed", {
        code: "payout_close.state",
        detail: `${entry.key} ends the dispute of ${id}, and the log never says that there was one.`,
        at,
      });
      return null;
    },

    /** States stand behind ledger entries and may wait for room, but not when nothing waits. */
    endBlock: ({ header }: TimedBlock): Verdict => {
      const [first] = header.backlog === 0 ? unexplained : [];
      if (first === undefined) return null;
      const [id, at] = first;
      return problem(
        "payout_reversal.state",
        `The money of ${id} was given back while the payout is ${progress.get(id)?.state ?? "not there"}: it could arrive as well.`,
        at,
      );
    },
  };
};

/** States stand behind ledger entries: where something waits for room, those up to the signature may wait as well. */
const mayBeSigned = (state: PayoutState | undefined, { header, slot, waitingSince }: TimedBlock) =>
  (header.backlog > 0 || waitingSince < slot) &&
  (state === undefined || BEFORE_SIGNED.includes(state));

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

const isReversalOf = (entry: LedgerEntry, debit: Debit): boolean => {
  const contra = [
    { account: "fees", amount_micro: (-debit.feeMicro).toString() },
    { account: "in_flight", amount_micro: (-debit.netMicro).toString() },
  ];
  return (
    entry.account === `owner:${debit.ownerId}` &&
    entry.amount_micro === debit.grossMicro.toString() &&
    entry.ref === debit.recipient &&
    entry.policy === debit.policy.version &&
    JSON.stringify(entry.contra) === JSON.stringify(contra)
  );
};
