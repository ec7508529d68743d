import type { NodeManagementConfig } from "./config.ts";
import type { Ledger } from "./ledger/index.ts";
import type { Payer } from "./payouts/index.ts";
import type { RefusedAddress } from "./registry/index.ts";
import type { Network } from "./shared/network.ts";
import { readWallets } from "./treasury/index.ts";

export type RefusedAddressDeps = {
  readonly network: Network;
  readonly payer: Payer | null;
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
    return wallets.some((wallet) => wallet.address === address)
      ? "a wallet of this network's treasury"
      : null;
  };
};
