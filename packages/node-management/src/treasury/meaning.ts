import { ownerAccount, slotAt } from "@lucid/protocol";
import type { Receipt, TransferLog } from "@lucid/tron";
import { Fault } from "../shared/fault.ts";
import { toUsdt } from "../shared/view.ts";
import { grossOfNet, isDebited } from "./adjust.ts";
import { findAttribution } from "./attribution.ts";
import type {
  Attempt,
  RecordRefusal,
  RecordRequest,
  RecordVerdict,
  TreasuryContext,
} from "./contract.ts";
import type { RecordDocument } from "./documents.ts";
import { sum } from "./start.ts";

export type Refused = Extract<RecordVerdict, { outcome: "refused" }>;
type Meaning = Pick<RecordDocument, "adjustment"> &
  Partial<Pick<RecordDocument, "payout_id" | "owner_id" | "gross_micro" | "policy">>;

/** A transaction as the chain shows it, as far as it moved our token from or to our wallets. */
export type Ours = {
  readonly direction: RecordDocument["direction"];
  readonly receipt: Receipt;
  readonly ours: readonly TransferLog[];
};

/**
 * What a person says that a transaction was: a payout, pay of an owner that no debit decided, or neither. Of a payout it
 * is said in the payout itself first: whoever looks at it from then on knows, also before the record is written.
 */
export const settleMeaning = async (
  context: TreasuryContext,
  request: RecordRequest,
  found: Ours,
): Promise<Meaning | Refused> => {
  const { txid, ownerId, payoutId } = request;
  const sender = (await context.attempts.byTxids([txid])).get(txid);
  if (sender !== undefined)
    return refused("treasury.known", `${txid} is the transaction of ${sender.payoutId}.`);
  const isNamed = payoutId !== undefined || ownerId !== undefined;
  if (isNamed && (await isDebited(context, txid)))
    return refused(
      "treasury.no_match",
      `The ledger took ${txid} from a balance already: record it without payout and owner.`,
    );
  if (payoutId !== undefined) return attribute(context, { ...request, payoutId }, found);
  if (ownerId !== undefined) return readOwner(context, ownerId, found);
  return { adjustment: "none" };
};

/** More people than this never say something of a payout at one moment. */
const MAX_ATTEMPTS = 100;

const attribute = async (
  context: Pick<TreasuryContext, "attempts" | "records" | "clock">,
  { txid, by, reason, payoutId }: RecordRequest & { readonly payoutId: string },
  found: Ours,
): Promise<Meaning | Refused> => {
  const { attempts, clock } = context;
  const meaning = { adjustment: "none", payout_id: payoutId } as const;
  for (let turn = 0; turn < MAX_ATTEMPTS; turn++) {
    const payout = await attempts.get(payoutId);
    if (payout === null) return refused("payouts.unknown", `There is no payout ${payoutId}.`);
    const said = await findAttribution(context, payoutId, payout.saidPaidBy);
    // Said before, and the record was not written then.
    if (said?.txid === txid) return meaning;
    const problem =
      said === null
        ? findMismatch(payout, found)
        : `${payoutId} was recorded as paid by ${said.txid}.`;
    if (problem !== null) return refused("treasury.no_match", problem);
    if (await attempts.attribute(payout, { txid, by, reason, atMs: clock.now() })) return meaning;
  }
  throw new Fault("payouts.contention", `nothing could be said of ${payoutId}`);
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

export const refused = (code: RecordRefusal, detail: string): Refused => ({
  outcome: "refused",
  code,
  detail,
});
