import type { ChainPort, Reading } from "@lucid/tron";
import type { WalletView } from "./contract.ts";
import type { WalletDocument } from "./documents.ts";

/**
 * Whether an account history tells the same Transfers as the log. One that only one of the two shows is read too early
 * or hidden by the other: unknown. The same where no history is configured.
 */
export const compareHistory = async (
  chain: ChainPort,
  { id: wallet, block_at }: WalletDocument,
  view: WalletView,
): Promise<Reading<null>> => {
  if (chain.historyOut === null) return { ok: true, value: null };
  const history = await chain.historyOut(wallet, block_at + 1, view.blockAtMs);
  if (!history.ok) return history;
  const logged = new Set(view.out.map(({ txid }) => txid));
  const told = new Set(history.value.map(({ txid }) => txid));
  const untold = [...logged].find((txid) => !told.has(txid));
  if (untold !== undefined)
    return unknown(`the chain's log shows transaction ${untold}, and the account history does not`);
  const unlogged = [...told].find((txid) => !logged.has(txid));
  if (unlogged !== undefined)
    return unknown(
      `the account history shows transaction ${unlogged}, and the chain's log does not`,
    );
  return { ok: true, value: null };
};

const unknown = (reason: string): Reading<never> => ({ ok: false, code: "unknown", reason });
