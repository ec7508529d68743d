import type { Chain } from "../chain/chain.ts";
import { logAddress, logsBetween } from "./logs.ts";
import type { PlacedLog } from "./logs.ts";
import type { Params } from "./params.ts";

type Call = { id?: unknown; method?: unknown; params?: unknown };

const MAX_BLOCK_RANGE = 5000;
const METHODS: Record<string, (chain: Chain, params: unknown[]) => unknown> = {
  eth_chainId: (chain) => `0x${chain.genesisBlockId.slice(-8)}`,
  net_version: (chain) => `0x${chain.genesisBlockId.slice(-8)}`,
  web3_clientVersion: () => "TRON/v4.8.2/devnet",
  eth_blockNumber: (chain) => quantity(chain.head().number),
  eth_getLogs: (chain, [filter]) => getLogs(chain, asParams(filter)),
};

/** java-tron's JSON-RPC, as far as payments use it. */
export function answerJsonRpc(chain: Chain, { id = null, method, params }: Call) {
  const run =
    typeof method === "string" && Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
  if (run === undefined) return failure(id, -32601, "method not found");
  try {
    return { jsonrpc: "2.0", id, result: run(chain, Array.isArray(params) ? params : []) };
  } catch (error) {
    if (error instanceof RangeError) return failure(id, -32602, error.message);
    throw error;
  }
}

function getLogs(chain: Chain, filter: Params) {
  const head = chain.head().number;
  const from = blockNumber(filter["fromBlock"], head, chain);
  const to = blockNumber(filter["toBlock"], head, chain);
  if (from > to) throw new RangeError("please verify: fromBlock <= toBlock");
  if (to - from > MAX_BLOCK_RANGE)
    throw new RangeError(`exceed max block range: ${MAX_BLOCK_RANGE}`);
  return logsBetween(chain, from, Math.min(to, head) + 1)
    .filter((placed) => matches(placed, filter))
    .map((placed) => toRpcLog(chain, placed));
}

function matches({ log }: PlacedLog, { address, topics }: Params): boolean {
  const addresses = alternatives(address).map(logAddress);
  if (addresses.length > 0 && !addresses.includes(log.address)) return false;
  const wanted = Array.isArray(topics) ? topics : [];
  return wanted.every((topic, position) => {
    const accepted = alternatives(topic).map((text) => text.replace(/^0x/, "").toLowerCase());
    return accepted.length === 0 || accepted.includes(log.topics[position] ?? "");
  });
}

function toRpcLog(chain: Chain, { log, index, transaction }: PlacedLog) {
  return {
    address: `0x${log.address}`,
    blockHash: `0x${chain.store.block(transaction.block)?.id}`,
    blockNumber: quantity(transaction.block),
    data: `0x${log.data}`,
    logIndex: quantity(index),
    removed: false,
    topics: log.topics.map((topic) => `0x${topic}`),
    transactionHash: `0x${transaction.txid}`,
    transactionIndex: quantity(transaction.position),
  };
}

function blockNumber(tag: unknown, head: number, chain: Chain): number {
  if (tag === undefined || tag === null || tag === "latest" || tag === "pending") return head;
  if (tag === "earliest") return 0;
  if (tag === "finalized") return chain.solidNumber();
  if (typeof tag === "string" && /^0x[0-9a-f]{1,13}$/i.test(tag)) return Number(tag);
  throw new RangeError("Incorrect hex syntax");
}

/** A filter value is absent, one text or a list of alternatives. */
function alternatives(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

function asParams(value: unknown): Params {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function quantity(value: number): string {
  return `0x${value.toString(16)}`;
}

function failure(id: unknown, code: number, message: string) {
  return { jsonrpc: "2.0", id, error: { code, message, data: "{}" } };
}
