import type { LedgerEntry, PayoutRecord } from "@lucid/protocol";
import type { Tally } from "../report/tally.ts";
import { problem } from "./problem.ts";
import type { Place, Verdict } from "./problem.ts";

/** What a chain says about a payout that the log calls confirmed. `unknown` proves nothing, either way. */
export type TransferVerdict =
  | { readonly kind: "paid" }
  | { readonly kind: "wrong"; readonly detail: string }
  | { readonly kind: "unknown"; readonly reason: string };

/** What a ledger says it is bound to; `binding` is the key of its first network entry. */
export type LedgerBinding = {
  readonly networkId: string;
  readonly binding: string | null;
  readonly wallets: readonly string[];
};

type Deps = {
  readonly networkId: string;
  readonly tally: Tally;
  readonly ask: TransferCheck | undefined;
};

/** Looks a confirmed payout up on a chain that the auditor chose. */
export type TransferCheck = (
  payout: PayoutRecord,
  ledger: LedgerBinding,
) => Promise<TransferVerdict>;

/** Confirmed payouts: looked up when there is a chain to ask, otherwise the operator's word. */
export const createTransfers = ({ networkId, tally, ask }: Deps) => {
  const waiting: { record: PayoutRecord; at: Place }[] = [];
  const unknown = new Map<string, number>();
  const wallets: string[] = [];
  let binding: string | null = null;

  const look = async ({ record, at }: { record: PayoutRecord; at: Place }): Promise<Verdict> => {
    const answer = await ask?.(record, { networkId, binding, wallets });
    if (answer?.kind === "wrong")
      return problem(
        "payout.transfer",
        `${record.payout_id} is said to be paid by transaction ${record.txid}: ${answer.detail}.`,
        at,
      );
    if (answer?.kind === "paid") tally.check("transfers");
    else tally.attest("transfers");
    if (answer?.kind === "unknown")
      unknown.set(answer.reason, (unknown.get(answer.reason) ?? 0) + 1);
    return null;
  };

  return {
    /** How many could not be looked up, by reason. */
    unknown: unknown as ReadonlyMap<string, number>,
    /** An entry of the account network. */
    bound: ({ kind, key }: LedgerEntry): void => {
      if (kind === "binding") binding = key;
      else wallets.push(key.replace(/^wallet:/, ""));
    },
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
