import { parseAddress } from "../address.ts";
import type { Chain } from "../chain/chain.ts";
import { TRANSFER_TOPIC } from "../chain/token.ts";
import { logsBetween, wordToBase58 } from "./logs.ts";
import type { PlacedLog } from "./logs.ts";
import { integerField, textField } from "./params.ts";
import type { Params } from "./params.ts";
import { tokenBase58 } from "./reads.ts";

const MAX_PAGE = 200;

/** TronGrid's list of an account's token transfers, newest first unless asked otherwise; pages by a fingerprint. */
export function historyOfAccount(chain: Chain, address: string, params: Params) {
  const account = parseAddress(address);
  const isSet = (name: string) => String(params[name]) === "true";
  const highest = isSet("only_confirmed") ? chain.solidNumber() : chain.head().number;
  const from = integerField(params, "min_timestamp", 0);
  const to = integerField(params, "max_timestamp", Number.MAX_SAFE_INTEGER);
  const contract = parseAddress(params["contract_address"]);
  const found = logsBetween(chain, 0, highest + 1).filter((placed) => {
    const { log } = placed;
    const timeMs = timeOf(chain, placed);
    const [event, sender = "", recipient = ""] = log.topics;
    const isFrom = `41${sender.slice(24)}` === account && !isSet("only_to");
    const isTo = `41${recipient.slice(24)}` === account && !isSet("only_from");
    const isWanted = contract === null || contract === `41${log.address}`;
    return (
      event === TRANSFER_TOPIC && isWanted && (isFrom || isTo) && timeMs >= from && timeMs <= to
    );
  });
  if (!textField(params, "order_by").endsWith("asc")) found.reverse();
  return toPage(chain, found, params);
}

function toPage(chain: Chain, found: PlacedLog[], params: Params) {
  const start = integerField(params, "fingerprint", 0);
  const end = start + Math.min(MAX_PAGE, integerField(params, "limit", 20));
  const data = found.slice(start, end).map((placed) => toItem(chain, placed));
  const next = end < found.length ? { fingerprint: String(end) } : {};
  return {
    data,
    success: true,
    meta: { at: chain.head().timestampMs, ...next, page_size: data.length },
  };
}

function toItem(chain: Chain, placed: PlacedLog) {
  const { log, transaction } = placed;
  return {
    transaction_id: transaction.txid,
    token_info: { symbol: "USDT", address: tokenBase58(chain), decimals: 6, name: "Tether USD" },
    block_timestamp: timeOf(chain, placed),
    from: wordToBase58(log.topics[1]),
    to: wordToBase58(log.topics[2]),
    type: "Transfer",
    value: BigInt(`0x${log.data}`).toString(),
  };
}

function timeOf(chain: Chain, { transaction }: PlacedLog): number {
  return chain.store.block(transaction.block)?.timestampMs ?? 0;
}
