import type { Fields } from "@lucid/platform/documents";
import { type PayoutRecord, payoutReversalKey } from "@lucid/protocol";
import type { Ledger } from "../ledger/index.ts";
import type { AdoptedSlot } from "../shared/adopt.ts";
import { toUsdt } from "../shared/view.ts";
import { type AttemptDeps, readAttempt } from "./adopted-attempt.ts";
import type { PayoutDocument } from "./documents.ts";
import { paidWords } from "./follow.ts";
import { dayOf } from "./rules.ts";

type Patch = Omit<Fields<PayoutDocument>, "id">;
type Entries = Pick<Ledger, "byKey">;
type Deps = AttemptDeps & { readonly ledger: Entries };

/** What a change that only the log tells of makes of a payout's document. */
export const changeToFields = async (
  deps: Deps,
  payout: PayoutDocument,
  record: PayoutRecord,
  { slot, atMs }: AdoptedSlot,
): Promise<Patch> => {
  const { state, attempt, at, txid, tron_block } = record;
  const chain = {
    ...(txid !== undefined && { txid }),
    ...(tron_block !== undefined && { tron_block }),
  };
  const change = { state, attempt, at, made_at: atMs, ...chain };
  return {
    state,
    changes: [...payout.changes, change],
    changed_at: state === "expired" || state === "cancelled" ? at : atMs,
    parked: false,
    why: `It is ${state}, as the block of slot ${slot} tells; what else was said of it was lost with a store.`,
    ...(await detailsOf[state](deps, record, payout)),
  };
};

const blockOf = ({ at, tron_block }: PayoutRecord): Patch => ({ block: tron_block, block_at: at });

const reversalOf = async ({ ledger }: Deps, { payout_id }: PayoutRecord): Promise<Patch> => {
  const entry = await ledger.byKey(payoutReversalKey(payout_id));
  return { reversal: entry === null ? "due" : "done" };
};

/** What each state adds. */
const detailsOf: Readonly<
  Record<
    PayoutRecord["state"],
    (deps: Deps, record: PayoutRecord, payout: PayoutDocument) => Promise<Patch>
  >
> = {
  created: async () => ({}),
  approved: async (_, { at }) => ({ approved_at: at, day: dayOf(at) }),
  signed: async (deps, { at, attempt, txid }) => ({
    ...(await readAttempt(deps, at)),
    attempt,
    txid,
    unwitnessed: true,
  }),
  confirmed: async (_, record, { net_micro }) => ({
    ...blockOf(record),
    chain_result: "SUCCESS",
    why: paidWords(net_micro, record.tron_block ?? 0),
  }),
  failed: async (deps, record) => ({ ...blockOf(record), ...(await reversalOf(deps, record)) }),
  disputed: async (_, record) => blockOf(record),
  cancelled: reversalOf,
  expired: async () => ({}),
};

/** A dispute is closed by an adjustment of its name; by whom and why the log does not tell. */
export const closeOf = async (ledger: Entries, id: string): Promise<Patch> => {
  const entry = await ledger.byKey(`adjustment:${id}`);
  if (entry === null) return {};
  const back_micro = BigInt(entry.amount_micro);
  const reason = `the log holds its adjustment, which gave ${toUsdt(back_micro)} USDT back`;
  return { closed: { by: [], at: entry.at, reason, back_micro } };
};
