import type { LedgerEntry } from "@lucid/protocol";
import type { Placed, TimedBlock } from "./block.ts";
import type { Deadlines } from "./deadlines.ts";
import type { Debit, Debits } from "./debits.ts";
import type { PayoutState } from "./payout-states.ts";
import { problem } from "./problem.ts";
import type { Verdict } from "./problem.ts";

type Deps = {
  readonly debits: Debits;
  readonly deadlines: Deadlines;
  readonly stateOf: (id: string) => PayoutState | undefined;
};

const BEFORE_SIGNED: readonly PayoutState[] = ["created", "approved", "expired"];

/** An adjustment that names a payout ends its dispute; every other one is people's word. */
export const createCloses =
  ({ debits, deadlines, stateOf }: Deps) =>
  ({ data: entry, at }: Placed<"ledger_entry">, block: TimedBlock): Verdict => {
    const id = entry.ref ?? "";
    const debit = debits.get(id);
    if (debit === undefined) return null;
    const state = stateOf(id);
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
  };

/** States stand behind ledger entries: where something waits for room, those up to the signature may wait as well. */
const mayBeSigned = (state: PayoutState | undefined, { header, slot, waitingSince }: TimedBlock) =>
  (header.backlog > 0 || waitingSince < slot) &&
  (state === undefined || BEFORE_SIGNED.includes(state));

/**
 * Whether an adjustment ends a dispute as it must ("closed by two people with an adjustment entry"): the payout's net is
 * no longer in flight, the owner gets back at most what was taken, and the rest has left as a cost.
 */
const isCloseOf = (entry: LedgerEntry, debit: Debit): boolean => {
  const backMicro = BigInt(entry.amount_micro);
  const feeBackMicro = backMicro > debit.netMicro ? backMicro - debit.netMicro : 0n;
  const contra = [
    { account: "costs", amountMicro: debit.netMicro + feeBackMicro - backMicro },
    { account: "fees", amountMicro: -feeBackMicro },
    { account: "in_flight", amountMicro: -debit.netMicro },
  ];
  return (
    entry.account === `owner:${debit.ownerId}` &&
    backMicro >= 0n &&
    backMicro <= debit.grossMicro &&
    JSON.stringify(entry.contra) ===
      JSON.stringify(
        contra
          .filter(({ amountMicro }) => amountMicro !== 0n)
          .map(({ account, amountMicro }) => ({ account, amount_micro: amountMicro.toString() })),
      )
  );
};
