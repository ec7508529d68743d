import { fromHex, textToHex } from "../bytes.ts";
import type { Chain } from "../chain/chain.ts";
import { parseTransaction } from "../chain/transaction.ts";
import type { Transaction } from "../chain/transaction.ts";
import { DevnetError, textField } from "./params.ts";
import type { Params } from "./params.ts";
import { jsonToBytes, transactionToJson } from "./transaction-json.ts";

/** `lost` asks the server to drop the connection instead of answering. */
export type BroadcastAnswer = { lost: true } | { lost: false; body: unknown };

/** Answers as protobuf JSON: no `result` on failure, the message in hex. */
export function broadcastTransaction(chain: Chain, params: Params): BroadcastAnswer {
  const outcome = chain.broadcast(read(() => jsonToBytes(params)));
  if (outcome.accepted && outcome.answer === "lost") return LOST;
  if (outcome.accepted && outcome.answer === "given")
    return { lost: false, body: { result: true, txid: outcome.txid } };
  const { code, message } = outcome.accepted ? MISTAKEN : outcome;
  return { lost: false, body: { code, txid: outcome.txid, message: textToHex(message) } };
}

/** Answers with every field, plain text and the transaction once more as text. */
export function broadcastHex(chain: Chain, params: Params): BroadcastAnswer {
  const transaction = read(() => fromHex(textField(params, "transaction")));
  const outcome = chain.broadcast(transaction);
  if (outcome.accepted && outcome.answer === "lost") return LOST;
  const told = outcome.accepted && outcome.answer === "error" ? MISTAKEN : outcome;
  const body = {
    result: told === outcome && outcome.accepted,
    code: "code" in told ? told.code : "SUCCESS",
    message: "message" in told ? told.message : "",
    transaction: JSON.stringify(transactionToJson(transaction)),
    txid: outcome.txid,
  };
  return { lost: false, body };
}

/** What a node says about a transaction that it took all the same. */
const MISTAKEN = { code: "OTHER_ERROR", message: "Other error: the node is not itself." };
const LOST: BroadcastAnswer = { lost: true };

function read(readBytes: () => Uint8Array): Transaction {
  try {
    return parseTransaction(readBytes());
  } catch (error) {
    if (error instanceof DevnetError) throw error;
    throw new DevnetError("com.google.protobuf.InvalidProtocolBufferException", String(error));
  }
}
