import { slotStart } from "@lucid/protocol";
import type { ChainPort, Reading } from "@lucid/tron";
import { insertOrFind } from "../shared/written.ts";
import type { TreasuryContext } from "./contract.ts";
import type { WalletDocument } from "./documents.ts";
import { findBlockAt, readWallet } from "./read.ts";

/** A wallet that the ledger names, and since when its books have to answer for it. */
export type BoundWallet = { readonly address: string; readonly sinceMs: number };

const WALLET = "wallet:";

/**
 * Every wallet that was ever paid from, in the order in which the ledger took them up. The first one answers from the
 * founding of the network on, whenever this store was bound to it: a copy from before it was bound is bound again.
 */
export const readWallets = async ({
  ledger,
  network: { genesis },
}: Pick<TreasuryContext, "network"> & {
  readonly ledger: Pick<TreasuryContext["ledger"], "entries">;
}): Promise<BoundWallet[]> => {
  const bound = (await ledger.entries("network")).filter(({ key }) => key.startsWith(WALLET));
  const foundedMs = slotStart(genesis, genesis.first_slot);
  return bound.map(({ key, at }, index) => ({
    address: key.slice(WALLET.length),
    sinceMs: index === 0 ? Math.min(at, foundedMs) : at,
  }));
};

/**
 * Where the books of a wallet begin: at the last block before they answer for it, however late that is looked for.
 * So a store that was put back to before its first look still answers for all that left the wallet since.
 */
export const startWallet = async (
  { wallets, clock }: Pick<TreasuryContext, "wallets" | "clock">,
  chain: ChainPort,
  { address, sinceMs }: BoundWallet,
): Promise<Reading<WalletDocument>> => {
  const stored = await wallets.get(address);
  if (stored !== null) return { ok: true, value: stored };
  const block = await findBlockAt(chain, sinceMs);
  if (!block.ok) return block;
  const view = await readWallet(chain, address, block.value.number, { trustLogs: true });
  if (!view.ok) return view;
  const { tokenMicro, out, in: received } = view.value;
  const startMicro = tokenMicro + sum(out) - sum(received);
  const { number, id, timestampMs } = block.value;
  const { stored: begun } = await insertOrFind(wallets, {
    id: address,
    revision: 0,
    start_number: number,
    start_at: timestampMs,
    start_micro: startMicro,
    number,
    block_id: id,
    block_at: timestampMs,
    balance_micro: startMicro,
    reconciled_at: clock.now(),
  });
  return { ok: true, value: begun };
};

export const sum = (transfers: readonly { readonly amountMicro: bigint }[]): bigint =>
  transfers.reduce((total, { amountMicro }) => total + amountMicro, 0n);
