import { createServer, type ServerResponse } from "node:http";
import { addressOfKey } from "@lucid/protocol";
import type { Endpoint } from "@lucid/tron";

/** A transfer out of the one wallet that this chain knows. */
export type Paid = {
  readonly txid: string;
  readonly block: number;
  readonly to: string;
  readonly toWord: string;
  readonly amountMicro: bigint;
};

export type HistoryServer = AsyncDisposable & {
  readonly endpoint: Endpoint;
  readonly requests: () => number;
};

type Params = Record<string, unknown>;
type Chain = {
  readonly wallet: string;
  readonly walletHex: string;
  readonly token: string;
  readonly tokenHex: string;
  /** Ascending by block. */
  readonly paid: readonly Paid[];
  readonly headNumber: number;
  readonly headMs: number;
  readonly blockMs: number;
  readonly startMicro: bigint;
};

const TOPIC = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
const word = (value: bigint | string): string =>
  (typeof value === "bigint" ? value.toString(16) : value).padStart(64, "0");
export const blockId = (number: number): string =>
  number.toString(16).padStart(16, "0") + "cd".repeat(24);

/** Answers as java-tron and TronGrid do about years of transfers that nobody has to make first. */
export async function serveHistory(chain: Chain): Promise<HistoryServer> {
  let count = 0;
  const server = createServer((request, response) => {
    count += 1;
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString("utf8");
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
      const body = text === "" ? {} : (JSON.parse(text) as Params);
      send(response, answer(chain, pathname, { ...Object.fromEntries(searchParams), ...body }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no TCP address");
  const url = `http://127.0.0.1:${address.port}`;
  return {
    endpoint: { full: url, solidity: url, jsonrpc: `${url}/jsonrpc`, history: url },
    requests: () => count,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(chain: Chain, path: string, params: Params): unknown {
  if (path.endsWith("/getnowblock")) return block(chain, chain.headNumber);
  if (path.endsWith("/getblockbylimitnext"))
    return { block: [block(chain, Number(params["startNum"]))] };
  if (path.endsWith("/getaccount")) return { address: chain.walletHex, balance: 1 };
  if (path.endsWith("/triggerconstantcontract"))
    return { result: { result: true }, energy_used: 1, constant_result: [word(balance(chain))] };
  if (path === "/jsonrpc") return { result: logs(chain, (params["params"] as Params[])[0] ?? {}) };
  return history(chain, params);
}

const balance = ({ paid, startMicro }: Chain): bigint =>
  paid.reduce((left, { amountMicro }) => left - amountMicro, startMicro);

const timeOf = ({ headNumber, headMs, blockMs }: Chain, number: number): number =>
  headMs - (headNumber - number) * blockMs;

const block = (chain: Chain, number: number) => ({
  blockID: blockId(number),
  block_header: {
    raw_data: {
      number,
      timestamp: timeOf(chain, number),
      parentHash: blockId(Math.max(0, number - 1)),
    },
  },
});

function logs({ paid, tokenHex, walletHex }: Chain, filter: Params): unknown[] {
  const [, from] = filter["topics"] as (string | null)[];
  if (from === null) return [];
  const first = lowerBound(paid, Number(filter["fromBlock"]));
  const last = lowerBound(paid, Number(filter["toBlock"]) + 1);
  return paid.slice(first, last).map(({ txid, block: number, toWord, amountMicro }) => ({
    address: `0x${tokenHex.slice(2)}`,
    blockNumber: `0x${number.toString(16)}`,
    transactionHash: `0x${txid}`,
    topics: [TOPIC, `0x${word(walletHex.slice(2))}`, `0x${toWord}`],
    data: `0x${word(amountMicro)}`,
  }));
}

function history(chain: Chain, params: Params) {
  const { paid, wallet, token } = chain;
  const start = Number(params["fingerprint"] ?? 0);
  const end = start + Number(params["limit"]);
  const data = paid.slice(start, end).map(({ txid, to, amountMicro, block: number }) => ({
    transaction_id: txid,
    token_info: { address: token },
    block_timestamp: timeOf(chain, number),
    from: wallet,
    to,
    type: "Transfer",
    value: amountMicro.toString(),
  }));
  const next = end < paid.length ? { fingerprint: `${end}` } : {};
  return { success: true, data, meta: next };
}

/** The place of the first transfer that is not in a block before this one. */
function lowerBound(paid: readonly Paid[], number: number): number {
  let low = 0;
  let high = paid.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((paid[middle]?.block ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

function send(response: ServerResponse, body: unknown): void {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(body));
}

export const benchWallet = addressOfKey("11".repeat(32));
