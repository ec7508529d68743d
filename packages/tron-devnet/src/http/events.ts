import type { Chain } from "../chain/chain.ts";
import { parseAddress } from "../address.ts";
import { logsBetween, wordToBase58 } from "./logs.ts";
import type { PlacedLog } from "./logs.ts";
import { integerField } from "./params.ts";
import type { Params } from "./params.ts";

/** TronGrid-style event lists, which TronWeb's `event` and `getEventResult` read. */
export function eventsOfTransaction(chain: Chain, txid: string) {
  const found = chain.store.transaction(txid.toLowerCase());
  const logs = found === null ? [] : logsBetween(chain, found.block, found.block + 1);
  return list(
    chain,
    logs.filter(({ transaction }) => transaction.txid === found?.txid),
  );
}

export function eventsOfContract(chain: Chain, address: string, params: Params) {
  const hex = parseAddress(address);
  const number = integerField(params, "block_number", -1);
  const [from, to] = number < 0 ? [0, chain.head().number + 1] : [number, number + 1];
  const isConfirmed = ({ transaction }: PlacedLog) => transaction.block <= chain.solidNumber();
  const logs = logsBetween(chain, from, to)
    .filter(({ log }) => `41${log.address}` === hex)
    .filter((placed) => String(params["only_confirmed"]) !== "true" || isConfirmed(placed))
    .filter((placed) => String(params["only_unconfirmed"]) !== "true" || !isConfirmed(placed))
    .toReversed();
  return list(chain, logs.slice(0, integerField(params, "limit", 20)));
}

function list(chain: Chain, logs: PlacedLog[]) {
  const data = logs.map((placed) => toEvent(chain, placed));
  return { success: true, data, meta: { at: chain.head().timestampMs, page_size: data.length } };
}

function toEvent(chain: Chain, { log, index, transaction }: PlacedLog) {
  const [, from, to] = log.topics;
  const result = {
    from: wordToBase58(from),
    to: wordToBase58(to),
    value: BigInt(`0x${log.data}`).toString(),
  };
  return {
    block_number: transaction.block,
    block_timestamp: chain.store.block(transaction.block)?.timestampMs,
    contract_address: wordToBase58(log.address.padStart(64, "0")),
    event: "Transfer(address indexed from, address indexed to, uint256 value)",
    event_index: index,
    event_name: "Transfer",
    result,
    result_type: { from: "address", to: "address", value: "uint256" },
    transaction_id: transaction.txid,
    ...(transaction.block > chain.solidNumber() ? { _unconfirmed: true } : {}),
  };
}
