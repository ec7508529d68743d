import Fastify from "fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Chain } from "../chain/chain.ts";
import { addAdmin } from "./admin.ts";
import { askNode } from "./node.ts";
import type { Params } from "./params.ts";

type Call = { Params: { "*": string; node?: string }; Querystring: Params };

const MAX_BODY_BYTES = 4 * 1024 * 1024;
/** The node behind addresses that name none. */
export const MAIN_NODE = "main";

/** Every node of the chain on one port: the main one at the root, any other below `/node/<name>`. */
export function createServer(chain: Chain): FastifyInstance {
  const server = Fastify({ bodyLimit: MAX_BODY_BYTES, forceCloseConnections: true });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "string" }, (_, body, done) => done(null, body));
  const handler = (request: FastifyRequest<Call>, reply: FastifyReply) => {
    const { node = MAIN_NODE, "*": path } = request.params;
    const answer = askNode(chain, node, { path, query: request.query, body: request.body });
    if (answer.kind === "json") return reply.send(answer.value);
    if (answer.kind === "page")
      return reply.code(answer.status).type(answer.type).send(answer.text);
    reply.hijack();
    request.raw.socket.destroy();
    return reply;
  };
  server.route<Call>({ method: ["GET", "POST"], url: "/node/:node/*", handler });
  server.route<Call>({ method: ["GET", "POST"], url: "/*", handler });
  addAdmin(server, chain);
  return server;
}
