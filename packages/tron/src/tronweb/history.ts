import type { ChainPort, HistoryTransfer, Reading } from "../port.ts";
import { ask, known, unknown } from "./ask.ts";
import type { HttpProvider, Providers } from "./provider.ts";
import { historyReply } from "./replies.ts";

/** The most that one page holds (TronGrid). */
const PAGE = 200;
/** 200 000 transfers: more in one question is an answer that never ends. */
const MAX_PAGES = 1000;

/**
 * Transfers by an account history as TronGrid keeps it: `GET /v1/accounts/{address}/transactions/trc20`, pages linked by
 * a fingerprint. Source: https://developers.tron.network/docs/get-trc20-transaction-history
 */
export function createHistoryRead({ history }: Providers, token: string): ChainPort["historyOut"] {
  if (history === null) return null;
  return async (wallet, fromMs, toMs) => {
    const transfers: HistoryTransfer[] = [];
    let fingerprint: string | undefined;
    for (let page = 0; page < MAX_PAGES; page++) {
      const part = await readPage(history, { token, wallet, fromMs, toMs, fingerprint });
      if (!part.ok) return part;
      transfers.push(...part.value.transfers);
      if (part.value.next === undefined) return known(transfers);
      if (part.value.next === fingerprint) return unknown("history: the same page again");
      fingerprint = part.value.next;
    }
    return unknown(`history: more than ${MAX_PAGES} pages`);
  };
}

type Query = {
  token: string;
  wallet: string;
  fromMs: number;
  toMs: number;
  fingerprint: string | undefined;
};
type Page = { transfers: HistoryTransfer[]; next: string | undefined };

async function readPage(history: HttpProvider, query: Query): Promise<Reading<Page>> {
  const { token, wallet, fromMs, toMs, fingerprint } = query;
  const payload = {
    only_confirmed: true,
    only_from: true,
    contract_address: token,
    min_timestamp: fromMs,
    max_timestamp: toMs,
    order_by: "block_timestamp,asc",
    limit: PAGE,
    ...(fingerprint !== undefined && { fingerprint }),
  };
  const path = `v1/accounts/${wallet}/transactions/trc20`;
  const answer = await ask(history, { path, payload, reply: historyReply, method: "get" });
  if (!answer.ok) return answer;
  const transfers: HistoryTransfer[] = [];
  for (const { transaction_id, token_info, from, to, value, block_timestamp } of answer.value
    .data) {
    const wanted = token_info.address === token && from === wallet;
    if (!wanted || block_timestamp < fromMs || block_timestamp > toMs)
      return unknown("history: a transfer that was not asked for");
    const amountMicro = BigInt(value);
    transfers.push({
      txid: transaction_id,
      token,
      from,
      to,
      amountMicro,
      timestampMs: block_timestamp,
    });
  }
  return known({ transfers, next: answer.value.meta.fingerprint });
}
