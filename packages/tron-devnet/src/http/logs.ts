import { parseAddress, hexToBase58 } from "../address.ts";
import type { Chain } from "../chain/chain.ts";
import type { Log } from "../chain/token.ts";
import { TRANSFER_TOPIC } from "../chain/token.ts";
import type { Included } from "../store/transactions.ts";

export type PlacedLog = { log: Log; index: number; transaction: Included };
/** A token transfer that is in a block. Addresses are base58. */
export type Transfer = {
  txid: string;
  blockNumber: number;
  from: string;
  to: string;
  amountMicro: bigint;
};

/** All logs of blocks from <= number < to, in their order; the index counts within a block. */
export function logsBetween(chain: Chain, from: number, to: number): PlacedLog[] {
  const counts = new Map<number, number>();
  return chain.store.transactions(from, to).flatMap((transaction) =>
    transaction.execution.logs.map((log) => {
      const index = counts.get(transaction.block) ?? 0;
      counts.set(transaction.block, index + 1);
      return { log, index, transaction };
    }),
  );
}

export function transfersOf(chain: Chain): Transfer[] {
  return logsBetween(chain, 0, chain.head().number + 1)
    .filter(({ log }) => log.topics[0] === TRANSFER_TOPIC)
    .map(({ log, transaction }) => ({
      txid: transaction.txid,
      blockNumber: transaction.block,
      from: wordToBase58(log.topics[1]),
      to: wordToBase58(log.topics[2]),
      amountMicro: BigInt(`0x${log.data}`),
    }));
}

export function wordToBase58(word = ""): string {
  return hexToBase58(`41${word.slice(24)}`);
}

/** 20 bytes without prefix of an address in any spelling; null when it is none. */
export function logAddress(text: string): string | null {
  const bare = text.replace(/^0x/, "").toLowerCase();
  if (/^[0-9a-f]{40}$/.test(bare)) return bare;
  return parseAddress(text)?.slice(2) ?? null;
}
