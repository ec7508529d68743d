import { compareAndSet } from "../shared/compare-and-set.ts";
import { insertOrFind } from "../shared/written.ts";
import { driveAdjustments } from "./adjust.ts";
import type { RecordRequest, RecordVerdict, TreasuryContext } from "./contract.ts";
import type { RecordDocument } from "./documents.ts";
import { type Ours, type Refused, refused, settleMeaning } from "./meaning.ts";
import { readWallets } from "./start.ts";

/**
 * Writes down what a person says about a transaction that the chain shows and no payout explains. The record is the
 * decision, but for one that paid a payout, where it follows the word in the payout; what it means for an owner's balance
 * is carried out after it, and again after a crash.
 */
export const recordTransfer = async (
  context: TreasuryContext,
  request: RecordRequest,
): Promise<RecordVerdict> => {
  const stored = await context.records.get(request.txid);
  if (stored !== null) return repeat(context, stored, request);
  const found = await readOurs(context, request.txid);
  if ("outcome" in found) return found;
  const meaning = await settleMeaning(context, request, found);
  if ("outcome" in meaning) return meaning;
  const { direction, receipt, ours } = found;
  const document: RecordDocument = {
    id: request.txid,
    direction,
    transfers: ours.map(({ from, to, amountMicro }) => ({ from, to, amount_micro: amountMicro })),
    block: receipt.blockNumber,
    block_at: receipt.blockTimestampMs,
    reason: request.reason,
    ...meaning,
    recorded_by: request.by,
    recorded_at: context.clock.now(),
  };
  const { inserted, stored: record } = await insertOrFind(context.records, document);
  if (!inserted) return repeat(context, record, request);
  return { outcome: "recorded", record: await carryOut(context, record) };
};

/** The same word again finds the first; another one is refused, as what was said stays said. */
const repeat = async (
  context: TreasuryContext,
  stored: RecordDocument,
  { txid, ownerId, payoutId, reason }: RecordRequest,
): Promise<RecordVerdict> => {
  const isSame =
    stored.owner_id === ownerId && stored.payout_id === payoutId && stored.reason === reason;
  if (isSame) return { outcome: "present", record: await carryOut(context, stored) };
  return refused(
    "treasury.recorded",
    `${txid} was recorded by ${stored.recorded_by}: ${stored.reason}`,
  );
};

const carryOut = async (
  context: TreasuryContext,
  record: RecordDocument,
): Promise<RecordDocument> => {
  for (const found of await context.incoming.find({ where: { txid: record.id } }))
    if (!found.is_recorded)
      await compareAndSet(
        context.incoming,
        found.id,
        { is_recorded: true },
        { is_recorded: false },
      );
  await driveAdjustments(context);
  return (await context.records.get(record.id)) ?? record;
};

/** What the solidified chain shows of a transaction, as far as it moved our token from or to our wallets. */
const readOurs = async (context: TreasuryContext, txid: string): Promise<Ours | Refused> => {
  const [chain] = context.chains;
  const receipt = await chain.receipt(txid);
  if (!receipt.ok)
    return refused("treasury.unreachable", `The chain could not be asked: ${receipt.reason}.`);
  if (receipt.value === null)
    return refused(
      "treasury.unknown_transaction",
      `No solidified block of the chain holds ${txid}.`,
    );
  const wallets = new Set((await readWallets(context)).map(({ address }) => address));
  const ours = receipt.value.transfers.filter(
    ({ token, from, to }) => token === chain.token && (wallets.has(from) || wallets.has(to)),
  );
  if (ours.length === 0)
    return refused(
      "treasury.unknown_transaction",
      `${txid} moved nothing of the token from or to a wallet of this network.`,
    );
  const direction = ours.some(({ from }) => wallets.has(from)) ? "out" : "in";
  return { direction, receipt: receipt.value, ours };
};
