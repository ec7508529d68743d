import type { Endpoint } from "../port.ts";
import { createHttp, type Limits } from "./http.ts";

/** What is asked at each door of a node. */
export type Providers = {
  full: HttpProvider;
  solidity: HttpProvider;
  jsonrpc: HttpProvider | null;
  history: HttpProvider | null;
};
type Answer = { status: number; text: string };
type Payload = Record<string, unknown>;
export type HttpProvider = (
  path: string,
  payload: Payload,
  method: "get" | "post",
) => Promise<Answer>;

/** A question to a node, below the address of its door. */
export type NodeRequest = {
  url: string;
  path: string;
  query: Payload;
  method: "GET" | "POST";
  body: string | undefined;
};
/** How questions get to a node: by HTTP, unless another way is given. Rejects when nothing was heard. */
export type Transport = (request: NodeRequest) => Promise<Answer>;

export function createProviders(
  endpoint: Endpoint,
  limits: Limits,
  transport?: Transport,
): Providers {
  const provider = (url: string): HttpProvider => {
    const carry = transport ?? createHttp(url, endpoint.apiKey, limits);
    return (path, payload, method) => carry({ url, path, ...toParts(payload, method) });
  };
  const providerOf = (url: string | undefined) => (url === undefined ? null : provider(url));
  return {
    full: provider(endpoint.full),
    solidity: provider(endpoint.solidity),
    jsonrpc: providerOf(endpoint.jsonrpc),
    history: providerOf(endpoint.history),
  };
}

function toParts(
  payload: Payload,
  method: "get" | "post",
): Pick<NodeRequest, "query" | "method" | "body"> {
  if (method === "get") return { method: "GET", query: payload, body: undefined };
  const isEmpty = Object.keys(payload).length === 0;
  return { method: "POST", query: {}, body: isEmpty ? undefined : JSON.stringify(payload) };
}
