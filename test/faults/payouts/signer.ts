import { type Signer, TronError } from "@lucid/tron";

/**
 * What the signer remembers beside its key, whatever becomes of the payer's store: one transaction for each attempt of a
 * payout, and the highest fencing token.
 */
export const createJournal = (): ((signer: Signer) => Signer) => {
  const signed = new Map<string, string>();
  let highest = 0;
  return (signer) => ({
    address: signer.address,
    sign: async (unsigned, order) => {
      const pair = `${order.payoutId} ${order.attempt}`;
      const before = signed.get(pair) ?? unsigned.txid;
      if (before !== unsigned.txid) throw refused(`${pair} was signed as ${before}`);
      if (order.fence < highest) throw refused(`a later payer than ${order.fence} was here`);
      highest = order.fence;
      signed.set(pair, unsigned.txid);
      return signer.sign(unsigned, order);
    },
  });
};

const refused = (reason: string): TronError =>
  new TronError("tron.signer.refused", `the signer does not sign: ${reason}`, { reason });
