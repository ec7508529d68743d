import type { NodeManagementConfig } from "./config.ts";
import type { Ledger } from "./ledger/index.ts";
import type { Payer } from "./payouts/index.ts";
import type { RefusedAddress } from "./registry/index.ts";
import type { Network } from "./shared/network.ts";
import { readWallets } from "./treasury/index.ts";

export type RefusedAddressDeps = {
  readonly network: Network;
  readonly payer: Pick<Payer, "chains" | "signer"> | null;
  readonly ledger: Pick<Ledger, "entries">;
};

/**
 * What is known to be no owner's wallet, also while nobody is paid. The ledger is asked each time: its wallets are added
 * to while the service runs, on any replica.
 */
export const createRefusedAddress = (
  { network, payer, ledger }: RefusedAddressDeps,
  config: Pick<NodeManagementConfig, "NODE_ADDRESS" | "TRON_TOKEN">,
): RefusedAddress => {
  const treasury = payer?.signer.address ?? config.NODE_ADDRESS;
  const token = payer?.chains[0].token ?? config.TRON_TOKEN;

  return async (address) => {
    if (address === token) return "the contract of the token";
    if (address === treasury) return "the treasury of this network";
    const wallets = await readWallets({ ledger, network });
    if (wallets.some((wallet) => wallet.address === address))
      return "a wallet of this network's treasury";
    return payer === null ? null : readLoss(payer, address);
  };
};

/**
 * How what arrives there is lost to whoever signed for it. While no endpoint answers, nothing is held against an address:
 * it is looked at again before each payout.
 */
const readLoss = async (
  { chains }: Pick<Payer, "chains">,
  address: string,
): Promise<string | null> => {
  for (const chain of chains) {
    const state = await chain.addressState(address);
    if (!state.ok) continue;
    if (state.value.keyMoved) return "an account that its own key alone does not control";
    return state.value.blacklisted ? "on the token's blacklist, so that nothing leaves it" : null;
  }
  return null;
};
