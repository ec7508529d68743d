import Fastify from "fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Chain } from "../chain/chain.ts";
import { addAdmin } from "./admin.ts";
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

type Call = { Params: { call: string }; Querystring: Params };

const MAX_BODY_BYTES = 4 * 1024 * 1024;
const BROADCASTS: Record<string, (chain: Chain, params: Params) => BroadcastAnswer> = {
  broadcasttransaction: broadcastTransaction,
  broadcasthex: broadcastHex,
};
const FULL: Record<string, Read> = {
  ...READS,
  ...FULL_READS,
  triggersmartcontract: ({ chain }, params) => build(chain, params),
};

/** One server for what java-tron spreads over three ports: `/wallet`, `/walletsolidity`, `/jsonrpc`; and the event lists. */
export function createServer(chain: Chain): FastifyInstance {
  const server = Fastify({ bodyLimit: MAX_BODY_BYTES, forceCloseConnections: true });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "string" }, (_, body, done) => done(null, body));
  server.setNotFoundHandler(notFound);
  server.setErrorHandler(reportAsJavaTron);

  server.route<Call>({
    method: ["GET", "POST"],
    url: "/wallet/:call",
    handler: (request, reply) => {
      const broadcast = own(BROADCASTS, request.params.call);
      if (broadcast !== undefined)
        return answerOrDrop(broadcast(chain, paramsOf(request)), request, reply);
      const side = { chain, height: chain.head().number, solid: false };
      return own(FULL, request.params.call)?.(side, paramsOf(request)) ?? notFound(request, reply);
    },
  });
  server.route<Call>({
    method: ["GET", "POST"],
    url: "/walletsolidity/:call",
    handler: (request, reply) => {
      const side = { chain, height: chain.solidNumber(), solid: true };
      return own(READS, request.params.call)?.(side, paramsOf(request)) ?? notFound(request, reply);
    },
  });
  server.post("/jsonrpc", (request) => answerJsonRpc(chain, parseBody(request.body)));
  server.get<{ Params: { txid: string } }>("/v1/transactions/:txid/events", ({ params }) =>
    eventsOfTransaction(chain, params.txid),
  );
  server.get<{ Params: { address: string }; Querystring: Params }>(
    "/v1/contracts/:address/events",
    ({ params, query }) => eventsOfContract(chain, params.address, query),
  );
  server.get<{ Params: { address: string }; Querystring: Params }>(
    "/v1/accounts/:address/transactions/trc20",
    ({ params, query }) => historyOfAccount(chain, params.address, query),
  );
  addAdmin(server, chain);
  return server;
}

function paramsOf({ query, body }: FastifyRequest<Call>): Params {
  return { ...query, ...parseBody(body) };
}

function answerOrDrop(answer: BroadcastAnswer, request: FastifyRequest<Call>, reply: FastifyReply) {
  if (!answer.lost) return answer.body;
  reply.hijack();
  request.raw.socket.destroy();
  return reply;
}

function own<T>(table: Record<string, T>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function notFound(_: unknown, reply: FastifyReply) {
  const page =
    "<html><head><title>Error 404 Not Found</title></head><body><h2>HTTP ERROR 404</h2></body></html>";
  return reply.code(404).type("text/html;charset=iso-8859-1").send(page);
}

/** Faults of a question come as {"Error": …} with status 200. */
function reportAsJavaTron(error: Error, _: FastifyRequest, reply: FastifyReply) {
  const javaClass = error instanceof DevnetError ? error.javaClass : "java.lang.RuntimeException";
  return reply.code(200).send({ Error: `class ${javaClass} : ${error.message}` });
}
