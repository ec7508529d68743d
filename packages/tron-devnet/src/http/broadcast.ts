import { textToHex } from "../bytes.ts";
import { fromHex } from "../bytes.ts";
import type { Broadcast, Chain } from "../chain/chain.ts";
import { parseTransaction } from "../chain/transaction.ts";
import { DevnetError, textField } from "./params.ts";
import type { Params } from "./params.ts";
import { jsonToBytes, transactionToJson } from "./transaction-json.ts";

/** `lost` asks the server to drop the connection instead of answering. */
export type BroadcastAnswer = { lost: true } | { lost: false; body: unknown };

/** Answers as protobuf JSON: no `result` on failure, the message in hex. */
export function broadcastTransaction(chain: Chain, params: Params): BroadcastAnswer {
  const outcome = accept(chain, () => jsonToBytes(params));
  return answer(outcome, () =>
    outcome.accepted
      ? { result: true, txid: outcome.txid }
      : { code: outcome.code, txid: outcome.txid, message: textToHex(outcome.message) },
  );
}

/** Answers with every field, plain text and the transaction once more as text. */
export function broadcastHex(chain: Chain, params: Params): BroadcastAnswer {
  let bytes = new Uint8Array();
  const outcome = accept(
    chain,
    () => (bytes = Uint8Array.from(fromHex(textField(params, "transaction")))),
  );
  return answer(outcome, () => ({
    result: outcome.accepted,
    code: outcome.accepted ? "SUCCESS" : outcome.code,
    message: outcome.accepted ? "" : outcome.message,
    transaction: JSON.stringify(transactionToJson(parseTransaction(bytes))),
    txid: outcome.txid,
  }));
}

function accept(chain: Chain, read: () => Uint8Array): Broadcast {
  let bytes: Uint8Array;
  try {
    bytes = read();
    parseTransaction(bytes);
  } catch (error) {
    if (error instanceof DevnetError) throw error;
    throw new DevnetError("com.google.protobuf.InvalidProtocolBufferException", String(error));
  }
  return chain.broadcast(bytes);
}

function answer(outcome: Broadcast, body: () => unknown): BroadcastAnswer {
  return outcome.accepted && outcome.answerLost ? { lost: true } : { lost: false, body: body() };
}
