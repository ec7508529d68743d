import type { Reading } from "@lucid/tron";
import { compareAndSet } from "../shared/compare-and-set.ts";
import { insertOrFind } from "../shared/written.ts";
import type { TreasuryContext, WalletView } from "./contract.ts";
import type { WalletDocument } from "./documents.ts";
import { readBlockId } from "./read.ts";
import { sum } from "./start.ts";

/**
 * Moves the point from which the next comparison begins up to the block that all endpoints have; first what came in is
 * written down, so that it is never passed over. Somebody who was faster has compared the same.
 */
export const advanceWallet = async (
  context: TreasuryContext,
  position: WalletDocument,
  views: readonly WalletView[],
): Promise<Reading<null>> => {
  const lowest = views.toSorted((a, b) => a.number - b.number)[0];
  if (lowest === undefined) return { ok: false, code: "unreachable", reason: "no endpoint" };
  for (const chain of context.chains) {
    const id = await readBlockId(chain, lowest.number);
    if (!id.ok) return id;
    if (id.value !== lowest.blockId)
      return {
        ok: false,
        code: "unknown",
        reason: `the endpoints show different blocks ${lowest.number}`,
      };
  }
  await noteIncoming(context, position.id, lowest);
  const patch = {
    revision: position.revision + 1,
    number: lowest.number,
    block_id: lowest.blockId,
    block_at: lowest.blockAtMs,
    balance_micro: position.balance_micro + sum(lowest.in) - sum(lowest.out),
    reconciled_at: context.clock.now(),
  };
  if (lowest.number > position.number)
    await compareAndSet(context.wallets, position.id, patch, { revision: position.revision });
  return { ok: true, value: null };
};

/** A Transfer has no name of its own; its place among those of its transaction is one. */
const noteIncoming = async (
  { incoming, records }: Pick<TreasuryContext, "incoming" | "records">,
  wallet: string,
  view: WalletView,
): Promise<void> => {
  const counts = new Map<string, number>();
  for (const { txid, from, amountMicro, blockNumber } of view.in) {
    const place = counts.get(txid) ?? 0;
    counts.set(txid, place + 1);
    await insertOrFind(incoming, {
      id: `${txid}/${wallet}/${place}`,
      wallet,
      from,
      txid,
      block: blockNumber,
      amount_micro: amountMicro,
      is_recorded: (await records.get(txid)) !== null,
    });
  }
};
