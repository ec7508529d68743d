import type { SignOrder, UnsignedTransfer } from "@lucid/tron";
import { Fault } from "../shared/fault.ts";
import type { Attribution } from "../treasury/index.ts";
import { advance, explain } from "./advance.ts";
import { toWait } from "./ask.ts";
import { readAttribution } from "./attribution.ts";
import type { PayerContext } from "./contract.ts";
import type { PayoutDocument } from "./documents.ts";
import { type Heads, readSignatureGates } from "./gates.ts";
import { findKept } from "./kept.ts";
import { readLogGate } from "./log-gate.ts";
import { LIFETIME_MS } from "./rules.ts";
import { readStop, stopToWait } from "./stop.ts";

/**
 * Builds the transfer and stores its bytes and txid. Only the stored attempt is ever signed or sent: nothing has left
 * this function that the document does not hold.
 */
export const prepare = async (
  context: PayerContext,
  payout: PayoutDocument,
  { head, solid }: Heads,
): Promise<PayoutDocument> => {
  const attributed = await readAttribution(context, payout);
  if (attributed !== null) return adopt(context, payout, attributed);
  const log = await readLogGate(context, payout);
  if (!log.ok) return explain(context, payout, toWait(log.why));
  const gate = await readSignatureGates(context, payout);
  if (!gate.ok) return explain(context, payout, toWait(gate.why));
  const unsigned = await context.payer.chains[0].buildTransfer({
    from: context.payer.signer.address,
    to: payout.recipient,
    amountMicro: payout.net_micro,
    refBlock: { id: solid.id, number: solid.number },
    expirationMs: head.timestampMs + LIFETIME_MS,
    timestampMs: head.timestampMs,
    feeLimitSun: gate.value.feeLimitSun,
  });
  const [same] = await context.payouts.find({ where: { txid: unsigned.txid }, limit: 1 });
  if (same !== undefined)
    return explain(
      context,
      payout,
      "waits: the next block, so that its transfer has an id of its own",
    );
  // Endpoints may be slow, and people decide meanwhile.
  const stop = await readStop(context);
  if (stop !== null) return explain(context, payout, stopToWait(stop));
  const kept = await findKept(context, payout);
  if (kept !== null) return kept;
  return advance(context, payout, {
    state: "signed",
    why: "Its transaction is built and stored; it is sent next.",
    attempt: payout.attempt + 1,
    unwitnessed: true,
    ...transferToFields(unsigned),
  });
};

/** Takes over the Transfer that a person said was this payout: the chain decides about it as about any other. */
const adopt = async (
  context: PayerContext,
  payout: PayoutDocument,
  { txid, record }: Attribution,
): Promise<PayoutDocument> => {
  if (record === null) return explain(context, payout, saidInHalf(payout, txid));
  return advance(context, payout, {
    state: "signed",
    why: `A person said that transaction ${txid} paid it; the chain is asked next.`,
    attempt: payout.attempt + 1,
    attributed: true,
    raw_data: undefined,
    signed_data: undefined,
    txid,
    wallet: record.transfers[0]?.from ?? "",
    token: context.payer.chains[0].token,
    timestamp_ms: record.block_at,
    expiration_ms: record.block_at,
  });
};

const saidInHalf = ({ id }: PayoutDocument, txid: string): string =>
  `waits: a person said that transaction ${txid} paid it, and was cut off before that was recorded; ` +
  `say it again: lucid admin treasury record ${txid} "<reason>" --payout ${id}`;

/** Signs the stored attempt; the same bytes every time. */
export const signStored = async (context: PayerContext, payout: PayoutDocument): Promise<string> =>
  context.payer.signer.sign(payoutToTransfer(payout), await readOrder(context, payout));

const readOrder = async (
  { ledger, fence }: PayerContext,
  { id, attempt, account, seq, gross_micro, policy }: PayoutDocument,
): Promise<SignOrder> => {
  const debit = await ledger.entry(account, seq);
  const head = await ledger.last(account);
  if (debit === null || head === null)
    throw new Fault("payouts.debit", `payout ${id} has no entry ${account}#${seq} in the ledger`);
  return {
    payoutId: id,
    attempt,
    fence,
    debit: { account, seq, hash: debit.hash, grossMicro: gross_micro, policy },
    head: { seq: head.seq, hash: head.hash },
  };
};

const transferToFields = (unsigned: UnsignedTransfer) => ({
  wallet: unsigned.from,
  token: unsigned.token,
  txid: unsigned.txid,
  raw_data: unsigned.rawDataHex,
  signed_data: undefined,
  ref_block_number: unsigned.refBlockNumber,
  ref_block_id: unsigned.refBlockId,
  expiration_ms: unsigned.expirationMs,
  timestamp_ms: unsigned.timestampMs,
  fee_limit_sun: unsigned.feeLimitSun,
});

const payoutToTransfer = (payout: PayoutDocument): UnsignedTransfer => ({
  from: stored(payout, "wallet"),
  to: payout.recipient,
  token: stored(payout, "token"),
  amountMicro: payout.net_micro,
  txid: stored(payout, "txid"),
  rawDataHex: stored(payout, "raw_data"),
  refBlockNumber: stored(payout, "ref_block_number"),
  refBlockId: stored(payout, "ref_block_id"),
  expirationMs: stored(payout, "expiration_ms"),
  timestampMs: stored(payout, "timestamp_ms"),
  feeLimitSun: stored(payout, "fee_limit_sun"),
});

/** A field of an attempt; without it the document was not written by `prepare`. */
export const stored = <K extends keyof PayoutDocument>(
  payout: PayoutDocument,
  field: K,
): NonNullable<PayoutDocument[K]> => {
  const value = payout[field];
  if (value === undefined || value === null)
    throw new Fault("payouts.attempt", `payout ${payout.id} has no ${field}`, { field });
  return value;
};
