import type { FastifyRequest } from "fastify";
import type { Log } from "../log/index.ts";
import { connectionOf } from "./connection.ts";
import { type Credential, credentialOf, isSecure } from "./credential.ts";
import { replyMark, type Connection, type RequestContext } from "./context.ts";
import type { RouteDefinition } from "./definition.ts";

type Context = RequestContext<RouteDefinition>;

const source: unique symbol = Symbol("source");
type Sourced = { readonly [source]: FastifyRequest; readonly serviceLog: Log };

/** What few handlers ask for is made when asked, and shared by all contexts: getters per request are dear. */
const onDemand = {
  get connection(): Connection {
    return connectionOf((this as unknown as Sourced)[source].raw.socket);
  },
  get credential(): Credential | null {
    const credential = credentialOf((this as unknown as Sourced)[source]);
    return credential === "malformed" ? null : credential;
  },
  get isSecure(): boolean {
    return isSecure((this as unknown as Sourced)[source]);
  },
  get log(): Log {
    const { serviceLog, [source]: request } = this as unknown as Sourced;
    return serviceLog.child({ request_id: request.id });
  },
  get signal(): AbortSignal {
    return (this as unknown as Sourced)[source].signal;
  },
};

const reply: Context["reply"] = (status, body, headers) => ({
  [replyMark]: true,
  status,
  body,
  headers,
});

/** What a handler sees of a request. */
export const createContext = (request: FastifyRequest, serviceLog: Log): Context => {
  const context = {
    __proto__: onDemand,
    [source]: request,
    serviceLog,
    params: request.params,
    query: request.query,
    body: request.body,
    principal: request.principal,
    requestId: request.id,
    reply,
  };
  return context as unknown as Context;
};
