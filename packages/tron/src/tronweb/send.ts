import type { ChainPort, SendAnswer } from "../port.ts";
import { txidOfSigned } from "../signed.ts";
import { ask } from "./ask.ts";
import type { Providers } from "./provider.ts";
import { broadcastReply } from "./replies.ts";
import { hexToText } from "./token.ts";

/**
 * Posts the exact bytes to `wallet/broadcasthex`, the endpoint of TronWeb's sendHexTransaction, without that method's
 * parsing of the echo, which can throw after the node has accepted.
 */
export function createSend({ full }: Providers): ChainPort["send"] {
  return async (signedHex) => {
    const txid = readTxid(signedHex);
    if (txid === null)
      return rejected("MALFORMED", "these bytes are not a signed transaction; nothing was sent");
    const answer = await ask(full, {
      path: "wallet/broadcasthex",
      payload: { transaction: signedHex },
      reply: broadcastReply,
    });
    if (!answer.ok)
      return rejected(answer.code === "unreachable" ? "UNREACHABLE" : "UNREADABLE", answer.reason);
    const { result, code, message, txid: answered } = answer.value;
    if (answered !== txid)
      return rejected("TXID_MISMATCH", `sent ${txid}, the node speaks of ${answered}`);
    const text = message === undefined || message === "" ? null : hexToText(message);
    if (result === true) return { accepted: true, code: null, message: text };
    return rejected(String(code ?? "UNREADABLE"), text);
  };
}

function rejected(code: string, message: string | null): SendAnswer {
  return { accepted: false, code, message };
}

function readTxid(signedHex: string): string | null {
  try {
    return txidOfSigned(signedHex);
  } catch {
    return null;
  }
}
