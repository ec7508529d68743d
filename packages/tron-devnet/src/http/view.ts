import type { Chain } from "../chain/chain.ts";
import type { Hit } from "../chain/faults.ts";

/** An hour of blocks on TRON. */
const BEHIND_BLOCKS = 1200;

/** The chain as a node with these faults shows it. Transactions that are sent to it go to the chain itself. */
export function viewOf(chain: Chain, faults: Hit): Chain {
  if (faults.size === 0) return chain;
  const lag = faults.get("behind");
  const behind = lag === undefined ? 0 : (lag.blocks ?? BEHIND_BLOCKS);
  const head = () => {
    const newest = chain.head();
    return chain.store.block(Math.max(0, newest.number - behind)) ?? newest;
  };
  const solidNumber = () => Math.max(0, chain.solidNumber() - behind);
  return { ...chain, head, solidNumber, store: storeOf(chain, faults) };
}

function storeOf({ store }: Chain, faults: Hit): Chain["store"] {
  if (faults.has("denies")) return { ...store, transaction: () => null, transactions: () => [] };
  return faults.has("history_off") ? { ...store, transaction: () => null } : store;
}
