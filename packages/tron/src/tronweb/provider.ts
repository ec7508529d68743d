import { providers } from "tronweb";
import type { Endpoint } from "../port.ts";

export type Providers = {
  full: HttpProvider;
  solidity: HttpProvider;
  jsonrpc: HttpProvider | null;
  history: HttpProvider | null;
};
export type HttpProvider = InstanceType<typeof providers.HttpProvider>;
export type Limits = { timeoutMs: number; maxAnswerBytes: number };

/** A question to a node, below the address of its door. */
export type NodeRequest = {
  url: string;
  path: string;
  query: Record<string, unknown>;
  body: string | undefined;
};
/** How questions get to a node: by HTTP, unless another way is given. Rejects when nothing was heard. */
export type Transport = (request: NodeRequest) => Promise<{ status: number; text: string }>;

/** The part of axios that TronWeb's declared type hides; the tests of this folder fail when it is no longer there. */
type Axios = {
  defaults: {
    maxRedirects: number;
    maxContentLength: number;
    proxy: boolean;
    adapter: unknown;
  };
  interceptors: { request: { use(intercept: (request: AxiosRequest) => AxiosRequest): void } };
};
type AxiosRequest = {
  signal?: AbortSignal;
  url?: string;
  params?: Record<string, unknown> | false;
  data?: string;
};

export function createProviders(
  endpoint: Endpoint,
  limits: Limits,
  transport?: Transport,
): Providers {
  const provider = (url: string) => {
    const created = createProvider(url, endpoint.apiKey, limits);
    if (transport !== undefined) carryBy(transport, url, created);
    return created;
  };
  const providerOf = (url: string | undefined) => (url === undefined ? null : provider(url));
  return {
    full: provider(endpoint.full),
    solidity: provider(endpoint.solidity),
    jsonrpc: providerOf(endpoint.jsonrpc),
    history: providerOf(endpoint.history),
  };
}

/**
 * TronWeb's own transport with what it leaves open closed: a redirect would carry the API key to another host, an answer
 * may be of any size, and axios' timeout only counts silence, so a dripping server needs a deadline of its own.
 * The headers go through the constructor because TronWeb's `headers` option resets the timeout to 30 s.
 */
function createProvider(url: string, apiKey: string | undefined, limits: Limits): HttpProvider {
  const headers = apiKey === undefined ? {} : { "TRON-PRO-API-KEY": apiKey };
  const provider = new providers.HttpProvider(url, limits.timeoutMs, "", "", headers);
  const { defaults, interceptors } = provider.instance as unknown as Axios;
  defaults.maxRedirects = 0;
  defaults.maxContentLength = limits.maxAnswerBytes;
  if (isLoopback(url)) defaults.proxy = false;
  interceptors.request.use((request) => {
    request.signal = AbortSignal.timeout(limits.timeoutMs);
    return request;
  });
  return provider;
}

/** TronWeb and axios as they are, but for the last step. */
function carryBy(transport: Transport, url: string, provider: HttpProvider): void {
  const { defaults } = provider.instance as unknown as Axios;
  defaults.adapter = async (request: AxiosRequest) => {
    const { url: path = "", params, data: body } = request;
    const { status, text } = await transport({ url, path, query: params || {}, body });
    const response = { status, statusText: "", data: text, headers: {}, config: request };
    if (status >= 200 && status < 300) return response;
    throw Object.assign(new Error(`HTTP status ${status}`), { response });
  };
}

function isLoopback(url: string): boolean {
  const host = new URL(url).hostname;
  return host === "localhost" || host === "[::1]" || host.startsWith("127.");
}
