import type { PayoutRecord } from "@lucid/protocol";
import type { Tally } from "../report/tally.ts";
import { problem } from "./problem.ts";
import type { Place, Verdict } from "./problem.ts";

/** What a chain says about a payout that the log calls confirmed. `unknown` proves nothing, either way. */
export type TransferVerdict =
  | { readonly kind: "paid" }
  | { readonly kind: "wrong"; readonly detail: string }
  | { readonly kind: "unknown"; readonly reason: string };

/** Looks a confirmed payout up on a chain that the auditor chose. */
export type TransferCheck = (payout: PayoutRecord) => Promise<TransferVerdict>;

/** Confirmed payouts: looked up when there is a chain to ask, otherwise the operator's word. */
export const createTransfers = ({
  tally,
  ask,
}: {
  tally: Tally;
  ask: TransferCheck | undefined;
}) => {
  const waiting: { record: PayoutRecord; at: Place }[] = [];
  const unknown: string[] = [];

  const look = async ({ record, at }: { record: PayoutRecord; at: Place }): Promise<Verdict> => {
    const answer = await ask?.(record);
    if (answer?.kind === "wrong")
      return problem(
        "payout.transfer",
        `${record.payout_id} is said to be paid by transaction ${record.txid}: ${answer.detail}.`,
        at,
      );
    if (answer?.kind === "paid") tally.check("transfers");
    else tally.attest("transfers");
    if (answer?.kind === "unknown")
      unknown.push(`Whether ${record.payout_id} arrived: ${answer.reason}.`);
    return null;
  };

  return {
    unknown: unknown as readonly string[],
    confirmed: (record: PayoutRecord, at: Place): void => void waiting.push({ record, at }),
    /** Looks up what was confirmed since the last time. */
    async settle(): Promise<Verdict> {
      for (const payout of waiting.splice(0)) {
        const found = await look(payout);
        if (found !== null) return found;
      }
      return null;
    },
  };
};
