import type { Attribution } from "../treasury/index.ts";
import type { PayerContext } from "./contract.ts";
import type { PayoutDocument } from "./documents.ts";

/** The transactions that people said paid it, oldest first. */
export const saidPaidBy = ({ decisions }: Pick<PayoutDocument, "decisions">): string[] =>
  decisions.flatMap(({ txid }) => (txid === undefined ? [] : [txid]));

/** The transaction that a person said paid it; null when nobody did, or when it was recorded as something else. */
export const readAttribution = async (
  { treasury }: Pick<PayerContext, "treasury">,
  payout: PayoutDocument,
): Promise<Attribution | null> => treasury.attributedTo(payout.id, saidPaidBy(payout));
