import type { BindVerdict, Ledger } from "../ledger/index.ts";
import type { Payer } from "./contract.ts";

export type PayerVerdict =
  | BindVerdict
  | { readonly ok: false; readonly code: "payouts.wrong_chain"; readonly detail: string };

/**
 * Compares the payer's endpoints with the chain that it is configured for, and binds the ledger to that chain, its
 * token and the wallet, or compares with what it is bound to. Anything but `ok` means that the process must not start.
 * An endpoint that does not answer now is compared before it is used.
 */
export const bindPayer = async (
  payer: Payer,
  ledger: Pick<Ledger, "bind">,
): Promise<PayerVerdict> => {
  const { genesisBlockId, chains, signer } = payer;
  for (const chain of chains) {
    const found = await chain.genesisBlockId();
    if (found.ok && found.value !== genesisBlockId) {
      const detail = `an endpoint of ${chain.name} serves the chain ${found.value}, not ${genesisBlockId}: see TRON_ENDPOINTS`;
      return { ok: false, code: "payouts.wrong_chain", detail };
    }
  }
  return ledger.bind({
    chainGenesisId: genesisBlockId,
    token: chains[0].token,
    wallet: signer.address,
  });
};
