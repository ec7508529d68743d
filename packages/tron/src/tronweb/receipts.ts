import type { ChainPort, Receipt, TransferLog } from "../port.ts";
import { ask, known, unknown } from "./ask.ts";
import type { Providers } from "./provider.ts";
import { receiptReply } from "./replies.ts";
import type { ReceiptReply } from "./replies.ts";
import { parseTransfer } from "./transfers.ts";

export function createReceiptRead({ solidity }: Providers): ChainPort["receipt"] {
  return async (txid) => {
    const path = "walletsolidity/gettransactioninfobyid";
    const answer = await ask(solidity, { path, payload: { value: txid }, reply: receiptReply });
    if (!answer.ok) return answer;
    if (!("id" in answer.value)) return known(null);
    if (answer.value.id !== txid) return unknown(`${path}: the receipt is for ${answer.value.id}`);
    return known(toReceipt(answer.value));
  };
}

/** A plain TRX transfer has no `receipt.result`: protobuf leaves DEFAULT out. */
function toReceipt(reply: ReceiptReply): Receipt {
  const { result = "DEFAULT", energy_usage_total: energy } = reply.receipt;
  return {
    txid: reply.id,
    blockNumber: reply.blockNumber,
    blockTimestampMs: reply.blockTimeStamp,
    result,
    feeSun: BigInt(reply.fee ?? 0),
    energyUsed: energy === undefined ? null : BigInt(energy),
    transfers: toTransfers(reply),
  };
}

function toTransfers({ id, blockNumber, log = [] }: ReceiptReply): TransferLog[] {
  return log.flatMap(({ address, topics = [], data = "" }) => {
    const transfer = parseTransfer({ address, topics, data });
    return transfer === null ? [] : [{ txid: id, blockNumber, ...transfer }];
  });
}
