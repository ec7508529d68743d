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

/** The part of axios that TronWeb's declared type hides; the tests of this folder fail when it is no longer there. */
type Axios = {
  defaults: { maxRedirects: number; maxContentLength: number; proxy: boolean };
  interceptors: { request: { use(intercept: (request: AxiosRequest) => AxiosRequest): void } };
};
type AxiosRequest = { signal?: AbortSignal };

export function createProviders(endpoint: Endpoint, limits: Limits): Providers {
  const provider = (url: string) => createProvider(url, endpoint.apiKey, limits);
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

function isLoopback(url: string): boolean {
  const host = new URL(url).hostname;
  return host === "localhost" || host === "[::1]" || host.startsWith("127.");
}
