import { TronError } from "@lucid/tron";
import { readAttribution } from "./attribution.ts";
import type { PayerContext } from "./contract.ts";
import { cancelOf } from "./decisions.ts";
import type { PayoutDocument } from "./documents.ts";
import type { RunGate } from "./gates.ts";
import { signStored } from "./sign.ts";
import { adviceOnRefusal } from "./signer-advice.ts";
import { readStop, stopToWait } from "./stop.ts";

/** Either the signed bytes, or what they wait for. */
export type Signed =
  | { readonly hex: string; readonly why: null }
  | { readonly hex: null; readonly why: string };

const waits = (why: string): Signed => ({ hex: null, why });

/**
 * Whether an attempt is one that is signed here: not a Transfer that a person attributed, nor one whose bytes were lost
 * with a store, nor one of a wallet that was left behind, whose key is not here.
 */
export const needsSignature = (
  { payer }: Pick<PayerContext, "payer">,
  { attributed, raw_data, wallet }: PayoutDocument,
): boolean => attributed !== true && raw_data !== undefined && wallet === payer.signer.address;

/** Asks for the signature of the stored attempt, once nothing speaks against it. The same bytes every time. */
export const readSignature = async (
  context: PayerContext,
  payout: PayoutDocument,
  gate: RunGate,
): Promise<Signed> => {
  const obstacle = cancelToWait(payout) ?? (await attributionToWait(context, payout));
  if (obstacle !== null) return waits(obstacle);
  if (gate.heads === null) return waits(gate.shut === null ? payout.why : stopToWait(gate.shut));
  const stop = await readStop(context);
  if (stop !== null) return waits(stopToWait(stop));
  const held = await context.holds.explain(payout.owner_id);
  return held === null ? askSigner(context, payout) : waits(`waits: ${held}`);
};

/** What was cancelled is not sent any more; whether it was before, the chain says once its time is over. */
const cancelToWait = (payout: PayoutDocument): string | null => {
  const { by } = cancelOf(payout) ?? {};
  if (by === undefined) return null;
  return `waits: cancelled by ${by}; it is given back once this attempt is provably dead`;
};

/** What a person said was paid by another transaction is not sent beside it. */
const attributionToWait = async (
  context: PayerContext,
  payout: PayoutDocument,
): Promise<string | null> => {
  const paidBy = await readAttribution(context, payout);
  if (paidBy === null) return null;
  return `waits: a person said that transaction ${paidBy.txid} paid it; that one is looked up once this attempt is provably dead`;
};

const askSigner = async (context: PayerContext, payout: PayoutDocument): Promise<Signed> => {
  try {
    return { hex: await signStored(context, payout), why: null };
  } catch (error) {
    if (!(error instanceof TronError) || !NOT_SIGNED.has(error.code)) throw error;
    context.log.warn({ payout: payout.id, ...error.details }, `not signed: ${error.message}`);
    const advice = adviceOnRefusal(error.details["code"], payout);
    return waits(`waits: ${error.message}${advice}`);
  }
};

const NOT_SIGNED: ReadonlySet<string> = new Set(["tron.signer.refused", "tron.signer.unreachable"]);
