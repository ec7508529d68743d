import { toUsdt } from "../shared/view.ts";
import { isDebited } from "./adjust.ts";
import type { Attempt, Difference, TreasuryContext } from "./contract.ts";
import type { RecordDocument } from "./documents.ts";
import { contradiction, unknownTransfer } from "./words.ts";

export type Moved = {
  readonly txid: string;
  readonly token: string;
  readonly from: string;
  readonly to: string;
  readonly amountMicro: bigint;
  readonly blockNumber?: number;
};

/** What the books know of some transactions. */
export type Known = {
  readonly attempts: ReadonlyMap<string, Attempt>;
  readonly records: ReadonlyMap<string, RecordDocument>;
};

/** States in which a payout's Transfer may stand on the chain. */
const MAY_MOVE = new Set(["signed", "broadcast", "confirmed", "disputed"]);

/** Judges each Transfer out of a wallet: a payout sent exactly it, or a record names exactly it, or it is a difference. */
export const judgeTransfers = (transfers: readonly Moved[], known: Known): Difference[] => {
  const used = new Set<string>();
  return transfers.flatMap((moved) => {
    if (isRecorded(moved, known.records.get(moved.txid))) return [];
    const attempt = known.attempts.get(moved.txid);
    // People looked at the whole transaction when they closed the dispute about it.
    if (attempt?.isClosed === true) return [];
    if (attempt === undefined || used.has(moved.txid)) return [unknownTransfer(moved, null)];
    used.add(moved.txid);
    return isExpected(moved, attempt) ? [] : [contradiction(moved, attempt)];
  });
};

const isExpected = (moved: Moved, attempt: Attempt): boolean =>
  MAY_MOVE.has(attempt.state) &&
  attempt.txid === moved.txid &&
  attempt.wallet === moved.from &&
  attempt.recipient === moved.to &&
  attempt.netMicro === moved.amountMicro &&
  attempt.token === moved.token;

const isRecorded = (moved: Moved, record: RecordDocument | undefined): boolean =>
  record?.transfers.some(
    ({ from, to, amount_micro }) =>
      from === moved.from && to === moved.to && amount_micro === moved.amountMicro,
  ) ?? false;

/** So many transactions are looked up at a time. */
const BATCH = 200;

export const readKnown = async (
  { attempts, records }: Pick<TreasuryContext, "attempts" | "records">,
  txids: readonly string[],
): Promise<Known> => {
  const wanted = [...new Set(txids)];
  const known = {
    attempts: new Map<string, Attempt>(),
    records: new Map<string, RecordDocument>(),
  };
  for (let from = 0; from < wanted.length; from += BATCH) {
    const batch = wanted.slice(from, from + BATCH);
    for (const [txid, attempt] of await attempts.byTxids(batch)) known.attempts.set(txid, attempt);
    for (const record of await records.find({ where: { id: { in: batch } } }))
      known.records.set(record.id, record);
  }
  return known;
};

type HintContext = Pick<TreasuryContext, "attempts" | "ledger" | "ownerOf">;

/** Says, beside an unknown Transfer, what it may have been, for the person who has to know. */
export const withHints = async (
  context: HintContext,
  differences: readonly Difference[],
  transfers: readonly Moved[],
): Promise<Difference[]> => {
  const hinted: Difference[] = [];
  for (const difference of differences) {
    const moved = transfers.find(({ txid }) => txid === difference.txid);
    if (
      difference.kind !== "unknown_transfer" ||
      moved === undefined ||
      hinted.length >= MAX_HINTS
    ) {
      hinted.push(difference);
      continue;
    }
    hinted.push(unknownTransfer(moved, await hintOf(context, moved)));
  }
  return hinted;
};

/** More than these nobody reads one by one. */
const MAX_HINTS = 20;

const hintOf = async (
  { attempts, ledger, ownerOf }: HintContext,
  { txid, to, amountMicro }: Moved,
): Promise<string | null> => {
  if (await isDebited({ ledger }, txid))
    return "neither payout nor owner: the ledger took it from a balance already";
  const unsent = await attempts.unsent(to);
  const same = unsent.find(({ netMicro }) => netMicro === amountMicro);
  if (same !== undefined) return `--payout ${same.payoutId} if it was that payout, which is due`;
  const [other] = unsent;
  if (other !== undefined)
    return (
      `--payout ${other.payoutId} if it was that payout, which is due with ` +
      `${toUsdt(other.netMicro)} USDT and then disputed`
    );
  const ownerId = ownerOf(to);
  return ownerId === null ? null : `--owner ${ownerId} if it was pay of that owner`;
};
