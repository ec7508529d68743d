import type { LedgerEntry, PayoutRecord } from "@lucid/protocol";
import type { Placed, TimedBlock } from "./block.ts";
import type { Deadlines } from "./deadlines.ts";
import type { Debit, Debits } from "./debits.ts";
import type { PayoutState } from "./payout-states.ts";
import { problem } from "./problem.ts";
import type { Place, Verdict } from "./problem.ts";

type Deps = {
  readonly debits: Debits;
  readonly deadlines: Deadlines;
  readonly stateOf: (id: string) => PayoutState | undefined;
};

/** After these the debit is given back. An expired attempt is cancelled first. */
const REVERSED: readonly PayoutState[] = ["failed", "cancelled"];

/** What is given back of payouts that did not arrive: exactly the debit, and only where the payout says why. */
export const createReversals = ({ debits, deadlines, stateOf }: Deps) => {
  const reversed = new Set<string>();
  /** those whose reason may still wait for its block */
  const unexplained = new Map<string, Place>();

  return {
    /** Whether the money was given back and the payout has said why: nothing may follow. */
    isOver: (id: string): boolean => reversed.has(id) && !unexplained.has(id),

    /** Takes a state that follows: after some of them the money is due back. */
    follow: ({ payout_id: id, state }: PayoutRecord, at: Place): void => {
      if (!REVERSED.includes(state)) return;
      unexplained.delete(id);
      if (reversed.has(id)) return;
      deadlines.expect(`reversal:${id}`, "the reversals of payouts that did not arrive", {
        code: "payout_reversal.missing",
        detail: `${id} is ${state}, and the log goes on for more than an epoch without giving its owner the money back.`,
        at,
      });
    },

    check: ({ data: entry, at }: Placed<"ledger_entry">): Verdict => {
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
      reversed.add(id);
      deadlines.meet(`reversal:${id}`);
      const state = stateOf(id);
      if (state === undefined || !REVERSED.includes(state)) unexplained.set(id, at);
      return null;
    },

    /** States stand behind ledger entries and may wait for room, but not when nothing waits. */
    endBlock: ({ header }: TimedBlock): Verdict => {
      const [first] = header.backlog === 0 ? unexplained : [];
      if (first === undefined) return null;
      const [id, at] = first;
      return problem(
        "payout_reversal.state",
        `The money of ${id} was given back while the payout is ${stateOf(id) ?? "not there"}: it could arrive as well.`,
        at,
      );
    },
  };
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
