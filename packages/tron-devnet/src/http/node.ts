import type { Chain } from "../chain/chain.ts";
import { broadcastHex, broadcastTransaction } from "./broadcast.ts";
import type { BroadcastAnswer } from "./broadcast.ts";
import { eventsOfContract, eventsOfTransaction } from "./events.ts";
import { historyOfAccount } from "./history.ts";
import { answerJsonRpc } from "./jsonrpc.ts";
import { DevnetError, parseBody } from "./params.ts";
import type { Params } from "./params.ts";
import { FULL_READS, READS } from "./reads.ts";
import type { Read } from "./reads.ts";
import { build } from "./simulate.ts";
import { viewOf } from "./view.ts";

/** What is asked of a node; `path` is without a leading slash, `body` the text as it came. */
export type Question = { path: string; query: Params; body: unknown };
export type Answer =
  | { kind: "json"; value: unknown }
  | { kind: "page"; status: number; type: string; text: string }
  /** The connection is closed without an answer. */
  | { kind: "dropped" };

const BROADCASTS: Record<string, (chain: Chain, params: Params) => BroadcastAnswer> = {
  broadcasttransaction: broadcastTransaction,
  broadcasthex: broadcastHex,
};
const FULL: Record<string, Read> = {
  ...READS,
  ...FULL_READS,
  triggersmartcontract: ({ chain }, params) => build(chain, params),
};
const HTML = "text/html;charset=iso-8859-1";
const NOT_FOUND: Answer = {
  kind: "page",
  status: 404,
  type: HTML,
  text: "<html><head><title>Error 404 Not Found</title></head><body><h2>HTTP ERROR 404</h2></body></html>",
};

/** Asks one node of the chain; each sees the chain through its own faults. */
export function askNode(chain: Chain, node: string, question: Question): Answer {
  const faults = chain.faults.ofNode(node);
  if (faults.has("down")) return { kind: "dropped" };
  if (faults.has("html"))
    return { kind: "page", status: 200, type: HTML, text: "<html><body>maintenance</body></html>" };
  if (faults.has("empty_body")) return { kind: "page", status: 200, type: HTML, text: "" };
  if (faults.has("key_refused")) return refusal(401, "ApiKey not exists");
  if (faults.has("rate_limited")) return refusal(429, "The key exceeds the frequency limit");
  if (faults.has("empty_object")) return { kind: "json", value: {} };
  try {
    return route(viewOf(chain, faults), question);
  } catch (error) {
    return reportAsJavaTron(error);
  }
}

/** `/wallet`, `/walletsolidity` and `/jsonrpc`, which java-tron spreads over three ports; and the event lists. */
function route(chain: Chain, { path, query, body }: Question): Answer {
  const [door = "", ...rest] = path.split("/");
  const [first = "", second = "", third = ""] = rest;
  const params = (): Params => ({ ...query, ...parseBody(body) });
  if (door === "jsonrpc") return json(answerJsonRpc(chain, parseBody(body)));
  if (door === "wallet" && rest.length === 1) {
    const broadcast = own(BROADCASTS, first);
    if (broadcast !== undefined) return toAnswer(broadcast(chain, params()));
    const side = { chain, height: chain.head().number, solid: false };
    return orNotFound(own(FULL, first)?.(side, params()));
  }
  if (door === "walletsolidity" && rest.length === 1) {
    const side = { chain, height: chain.solidNumber(), solid: true };
    return orNotFound(own(READS, first)?.(side, params()));
  }
  if (door !== "v1") return NOT_FOUND;
  if (first === "transactions" && third === "events")
    return json(eventsOfTransaction(chain, second));
  if (first === "contracts" && third === "events")
    return json(eventsOfContract(chain, second, query));
  if (first === "accounts" && third === "transactions" && rest[3] === "trc20")
    return json(historyOfAccount(chain, second, query));
  return NOT_FOUND;
}

const refusal = (status: number, words: string): Answer => ({
  kind: "page",
  status,
  type: "application/json",
  text: JSON.stringify({ Error: words }),
});
const json = (value: unknown): Answer => ({ kind: "json", value });
const orNotFound = (value: unknown): Answer => (value === undefined ? NOT_FOUND : json(value));
const toAnswer = (answer: BroadcastAnswer): Answer =>
  answer.lost ? { kind: "dropped" } : json(answer.body);

function own<T>(table: Record<string, T>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Faults of a question come as {"Error": …} with status 200. */
function reportAsJavaTron(error: unknown): Answer {
  const javaClass = error instanceof DevnetError ? error.javaClass : "java.lang.RuntimeException";
  return json({
    Error: `class ${javaClass} : ${error instanceof Error ? error.message : String(error)}`,
  });
}
