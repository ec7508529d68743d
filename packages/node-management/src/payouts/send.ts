import type { PayerContext } from "./contract.ts";
import type { PayoutDocument } from "./documents.ts";

/** Sends the stored bytes to one endpoint after the other, not more often than wanted. The answer decides nothing. */
export const send = async (
  { payer, options, clock, sentAt, log }: PayerContext,
  { id, txid, signed_data }: PayoutDocument,
): Promise<void> => {
  // Of a Transfer that a person attributed, or whose bytes were lost with a store, nothing is here to be sent.
  if (signed_data === undefined) return;
  const last = sentAt.get(id);
  const now = clock.monotonic();
  if (last !== undefined && now - last < options.resendMs) return;
  sentAt.set(id, now);
  const times = Math.floor(now / options.resendMs);
  const chain = payer.chains[times % payer.chains.length] ?? payer.chains[0];
  const answer = await chain.send(signed_data);
  log.info({ payout: id, txid, answer }, "payout sent");
};
