import { compareBytes, type PayoutRecord, recordLeaf } from "@lucid/protocol";
import type { PayoutChange, PayoutDocument, SealedState } from "./documents.ts";
import { isFinal } from "./states.ts";

/** Where a payout's document says when it came into a state: chain time where there is one. */
const momentOf = {
  created: "created_at",
  approved: "approved_at",
  signed: "timestamp_ms",
  confirmed: "block_at",
  failed: "block_at",
  disputed: "block_at",
  expired: "changed_at",
  cancelled: "changed_at",
} as const satisfies Record<SealedState, keyof PayoutDocument>;

/** The change by which a payout came to be as it is, for the log; none for a state that only means sending again. */
export const latestChange = (
  payout: Omit<PayoutDocument, "changes">,
  madeAtMs: number,
): PayoutChange[] => {
  const { state, txid, block } = payout;
  if (state === "broadcast") return [];
  const isBefore = state === "created" || state === "approved" || state === "cancelled";
  return [
    {
      state,
      attempt: isBefore ? payout.attempt + 1 : payout.attempt,
      at: payout[momentOf[state]] ?? madeAtMs,
      made_at: madeAtMs,
      ...(!isBefore && txid !== undefined && { txid }),
      ...(block !== undefined && { tron_block: block }),
    },
  ];
};

/** What the log shows of a change. */
export const changeToRecord = (payout: PayoutDocument, change: PayoutChange): PayoutRecord => {
  const { made_at: _madeAt, ...shown } = change;
  return {
    payout_id: payout.id,
    owner_id: payout.owner_id,
    recipient: payout.recipient,
    gross_micro: payout.gross_micro.toString(),
    net_micro: payout.net_micro.toString(),
    fee_micro: payout.fee_micro.toString(),
    ...shown,
  };
};

/**
 * Records of the changes that may be sealed next, in their order, of those that `isDue`. Records of one block stand in
 * the order of their leaves, and a full block leaves out the last ones: so a change whose leaf would not stand behind
 * that of the one before it waits for the next block, and the log always tells the changes in their order.
 */
export const nextRecords = (
  payout: PayoutDocument,
  isDue: (change: PayoutChange) => boolean,
): PayoutRecord[] => {
  const waiting = payout.changes.slice(payout.sealed_slots.length);
  const notDue = waiting.findIndex((change) => !isDue(change));
  const records = waiting
    .slice(0, notDue < 0 ? waiting.length : notDue)
    .map((change) => changeToRecord(payout, change));
  const end = records.findIndex((record, i) => i > 0 && !standsBehind(record, records[i - 1]));
  return end < 0 ? records : records.slice(0, end);
};

const standsBehind = (record: PayoutRecord, before: PayoutRecord | undefined): boolean =>
  before === undefined ||
  compareBytes(recordLeaf("payout", before), recordLeaf("payout", record)) < 0;

/** The place of a sealed change among those of its payout; -1 when it never was one. */
export const indexOfChange = (
  { changes }: PayoutDocument,
  record: Pick<PayoutRecord, "state" | "attempt">,
): number =>
  changes.findIndex(({ state, attempt }) => state === record.state && attempt === record.attempt);

/** Whether nothing is left to seal once so many changes are. */
export const isDone = (payout: PayoutDocument, sealedCount: number): boolean =>
  isFinal(payout) && sealedCount === payout.changes.length;
