import { ownerAccount, slotAt } from "@lucid/protocol";
import type { Receipt, TransferLog } from "@lucid/tron";
import { compareAndSet } from "../shared/compare-and-set.ts";
import { toUsdt } from "../shared/view.ts";
import { insertOrFind } from "../shared/written.ts";
import { driveAdjustments, grossOfNet } from "./adjust.ts";
import type {
  Attempt,
  RecordRefusal,
  RecordRequest,
  RecordVerdict,
  TreasuryContext,
} from "./contract.ts";
import type { RecordDocument } from "./documents.ts";
import { readWallets, sum } from "./start.ts";

type Refused = Extract<RecordVerdict, { outcome: "refused" }>;
type Meaning = Pick<RecordDocument, "adjustment"> &
  Partial<Pick<RecordDocument, "payout_id" | "owner_id" | "gross_micro" | "policy">>;

/**
 * Writes down what a person says about a transaction that the chain shows and no payout explains. The record is the
 * decision; what it means for an owner's balance is carried out after it, and again after a crash.
 */
export const recordTransfer = async (
  context: TreasuryContext,
  request: RecordRequest,
): Promise<RecordVerdict> => {
  const stored = await context.records.get(request.txid);
  if (stored !== null) return repeat(context, stored, request);
  const found = await readOurs(context, request.txid);
  if ("outcome" in found) return found;
  const meaning = await readMeaning(context, request, found);
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

type Ours = {
  readonly direction: RecordDocument["direction"];
  readonly receipt: Receipt;
  readonly ours: readonly TransferLog[];
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

const readMeaning = async (
  context: TreasuryContext,
  { txid, ownerId, payoutId }: RecordRequest,
  found: Ours,
): Promise<Meaning | Refused> => {
  const sender = (await context.attempts.byTxids([txid])).get(txid);
  if (sender !== undefined)
    return refused("treasury.known", `${txid} is the transaction of ${sender.payoutId}.`);
  if (payoutId !== undefined) return readPayout(context, payoutId, found);
  if (ownerId !== undefined) return readOwner(context, ownerId, found);
  return { adjustment: "none" };
};

const readPayout = async (
  { attempts, records }: Pick<TreasuryContext, "attempts" | "records">,
  payoutId: string,
  { ours, direction }: Ours,
): Promise<Meaning | Refused> => {
  const payout = await attempts.get(payoutId);
  if (payout === null) return refused("payouts.unknown", `There is no payout ${payoutId}.`);
  const [other] = await records.find({ where: { payout_id: payoutId }, limit: 1 });
  if (other !== undefined)
    return refused("treasury.no_match", `${payoutId} was recorded as paid by ${other.id}.`);
  const problem = findMismatch(payout, { ours, direction });
  if (problem !== null) return refused("treasury.no_match", problem);
  return { adjustment: "none", payout_id: payoutId };
};

/** Whatever it moved to the recipient: another amount than was meant ends the payout as disputed. */
const findMismatch = (
  { payoutId, state, isOpen, mayArrive, txid, recipient, netMicro }: Attempt,
  { ours, direction }: Pick<Ours, "ours" | "direction">,
): string | null => {
  if (!isOpen) return `${payoutId} is ${state}; name its owner instead.`;
  if (mayArrive)
    return `${payoutId} was sent as ${txid}, which may still arrive; say it again once its time is over.`;
  if (direction === "out" && ours.some(({ to }) => to === recipient)) return null;
  return `${payoutId} is ${toUsdt(netMicro)} USDT to ${recipient}; the transaction moved nothing there.`;
};

const readOwner = async (
  { ledger, ownerExists, ownerOf, policies, network, clock }: TreasuryContext,
  ownerId: string,
  { ours, direction, receipt }: Ours,
): Promise<Meaning | Refused> => {
  if (!ownerExists(ownerId)) return refused("owners.unknown", `There is no owner ${ownerId}.`);
  if (direction !== "out")
    return refused("treasury.no_match", "The transaction paid us; it paid no owner.");
  // An address that these books do not know may have become the owner's after they were copied.
  const paid = ours.map(({ to }) => ownerOf(to)).find((holder) => holder !== null);
  if (paid !== undefined && paid !== ownerId)
    return refused("treasury.no_match", `The transaction paid ${paid}, not ${ownerId}.`);
  const balance = await ledger.balance(ownerAccount(ownerId));
  const ruling = policies.forSlot(slotAt(network.genesis, receipt.blockTimestampMs));
  const gross = grossOfNet(ruling, sum(ours), balance);
  if (gross === null)
    return refused(
      "treasury.no_match",
      `No payout under policy ${ruling.version} has this amount.`,
    );
  if (balance < gross)
    return refused(
      "treasury.balance",
      `The transfer took ${toUsdt(gross)} USDT from a balance, and ${ownerId} has ${toUsdt(balance)} USDT here; ` +
        "record it once the rewards of that time are credited again, or without the owner.",
    );
  const { version } = policies.forSlot(slotAt(network.genesis, clock.now()));
  return { adjustment: "due", owner_id: ownerId, gross_micro: gross, policy: version };
};

const refused = (code: RecordRefusal, detail: string): Refused => ({
  outcome: "refused",
  code,
  detail,
});
