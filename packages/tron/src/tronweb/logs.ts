import type { ChainPort, Reading, TransferLog } from "../port.ts";
import { ask, known, unknown } from "./ask.ts";
import type { HttpProvider, Providers } from "./provider.ts";
import { logsReply } from "./replies.ts";
import { addressWord, hexAddress, parseTransfer, TRANSFER_TOPIC } from "./transfers.ts";

/** java-tron refuses log queries over more blocks (node.jsonrpc.maxBlockRange). */
const MAX_BLOCK_RANGE = 5000;

type Side = "from" | "to";

/** Token transfers out of, and to, a wallet by `eth_getLogs`, which finds both sides by an indexed topic. */
export function createTransfersRead(
  { jsonrpc }: Providers,
  token: string,
): Pick<ChainPort, "transfersOut" | "transfersIn"> {
  const createRead =
    (side: Side): ChainPort["transfersOut"] =>
    async (wallet, from, to) => {
      if (jsonrpc === null)
        return unknown("no jsonrpc endpoint is configured, so logs cannot be queried");
      const transfers: TransferLog[] = [];
      for (let start = from; start < to; start += MAX_BLOCK_RANGE) {
        const end = Math.min(start + MAX_BLOCK_RANGE, to);
        const part = await readPart(jsonrpc, { token, wallet, side, from: start, to: end });
        if (!part.ok) return part;
        transfers.push(...part.value);
      }
      return known(transfers);
    };
  return { transfersOut: createRead("from"), transfersIn: createRead("to") };
}

type LogQuery = { token: string; wallet: string; side: Side; from: number; to: number };

async function readPart(jsonrpc: HttpProvider, query: LogQuery): Promise<Reading<TransferLog[]>> {
  const answer = await ask(jsonrpc, { path: "", payload: toPayload(query), reply: logsReply });
  if (!answer.ok) return answer;
  const transfers: TransferLog[] = [];
  for (const log of answer.value.result) {
    const transfer = parseTransfer({
      address: log.address.slice(2),
      topics: log.topics.map((topic) => topic.slice(2)),
      data: log.data.slice(2),
    });
    const blockNumber = Number(log.blockNumber);
    const wanted = transfer?.token === query.token && transfer[query.side] === query.wallet;
    if (!wanted || blockNumber < query.from || blockNumber >= query.to)
      return unknown("eth_getLogs: a log that was not asked for");
    transfers.push({ txid: log.transactionHash.slice(2), blockNumber, ...transfer });
  }
  return known(transfers);
}

function toPayload({ token, wallet, side, from, to }: LogQuery) {
  const word = `0x${addressWord(wallet)}`;
  const filter = {
    address: `0x${hexAddress(token).slice(2)}`,
    fromBlock: `0x${from.toString(16)}`,
    toBlock: `0x${(to - 1).toString(16)}`,
    topics: [`0x${TRANSFER_TOPIC}`, ...(side === "from" ? [word] : [null, word])],
  };
  return { jsonrpc: "2.0", id: 1, method: "eth_getLogs", params: [filter] };
}
