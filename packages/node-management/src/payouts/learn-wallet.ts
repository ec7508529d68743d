import type { Reading, Receipt } from "@lucid/tron";
import { readWallets } from "../treasury/index.ts";
import { advance } from "./advance.ts";
import type { PayerContext } from "./contract.ts";
import type { PayoutDocument } from "./documents.ts";

/**
 * An attempt whose bytes were lost with a store, with the wallet that its receipt shows, where that is one of the
 * ledger's. Until then it was told from moments, and the ledger changes wallets by another clock than the chain's.
 */
export const learnWallet = async (
  context: PayerContext,
  payout: PayoutDocument,
  answers: readonly Reading<Receipt | null>[],
): Promise<PayoutDocument> => {
  if (payout.raw_data !== undefined || payout.attributed === true) return payout;
  const moved = answers.flatMap((answer) => (answer.ok ? (answer.value?.transfers ?? []) : []));
  const senders = new Set(moved.map(({ from }) => from));
  const ours = (await readWallets(context)).find(({ address }) => senders.has(address));
  if (ours === undefined || ours.address === payout.wallet) return payout;
  return advance(context, payout, { wallet: ours.address });
};
