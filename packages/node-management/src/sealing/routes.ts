import { largestAppendBytes, logProxyRoutes } from "@lucid/api";
import { ApiProblem, type Http } from "@lucid/platform/http";
import type { Genesis } from "@lucid/protocol";
import { readAtMost } from "../shared/read-at-most.ts";

export type LogRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly network: { readonly genesis: Genesis };
  /** Where block-manager is. */
  readonly blockManagerUrl: string;
};

/** What a log's folder may be asked for: tiles and bundles as C2SP names them, bodies and epochs by number. */
const allowed: Readonly<Record<"tile" | "body" | "compact", RegExp>> = {
  tile: /^(?:entries|[0-9]|[1-5][0-9]|6[0-3])\/(?:x[0-9]{3}\/){0,5}[0-9]{3}(?:\.p\/(?:[1-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5]))?$/,
  body: /^(?:0|[1-9][0-9]{0,14})$/,
  compact: /^(?:0|[1-9][0-9]{0,14})$/,
};

const timeoutMs = 15_000;
const smallBytes = 1024 * 1024;
/** An epoch of a hundred thousand nodes. */
const compactBytes = 256 * 1024 * 1024;
/** So many files are on their way at a time: each is held whole. */
const mostAtOnce = 16;

const noFile = (path: string): ApiProblem =>
  new ApiProblem("log.no_file", `The log has no file ${path.slice(0, 100)}.`);
const unavailable = (why: string): ApiProblem =>
  new ApiProblem("log.unavailable", `The log cannot be read: ${why}`, { retryAfter: 5 });

/** Passes the static files of block-manager on, so that console and owners need one address. */
export const registerLogRoutes = ({ http, network, blockManagerUrl }: LogRoutesDeps): void => {
  let open = 0;
  const bodyBytes = largestAppendBytes(network.genesis.max_body_bytes);

  const fetchFile = async (path: string, maxBytes: number, signal: AbortSignal) => {
    if (open >= mostAtOnce) throw unavailable("too many files are asked for at once.");
    open += 1;
    try {
      const response = await fetch(new URL(path, blockManagerUrl), {
        redirect: "error",
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      if (response.status === 404) throw noFile(path);
      if (response.status !== 200) throw unavailable(`block-manager answers ${response.status}.`);
      const bytes = await readAtMost(response, maxBytes);
      if (bytes === null) throw unavailable(`a file is larger than ${maxBytes} bytes.`);
      return { bytes, headers: cacheOf(response) };
    } catch (error) {
      if (error instanceof ApiProblem) throw error;
      throw unavailable("block-manager cannot be reached.");
    } finally {
      open -= 1;
    }
  };

  http.route(logProxyRoutes.getLogNetworkFile, async ({ reply, signal }) => {
    const { bytes, headers } = await fetchFile("/network.json", smallBytes, signal);
    return reply(200, bytes, headers);
  });
  http.route(logProxyRoutes.getLogCheckpoint, async ({ reply, signal }) => {
    const { bytes, headers } = await fetchFile("/checkpoint", smallBytes, signal);
    return reply(200, bytes, { ...headers, "content-type": "text/plain; charset=utf-8" });
  });
  http.route(logProxyRoutes.getLogTile, async ({ params, reply, signal }) => {
    const path = pathIn("tile", params["*"]);
    // A bundle holds 256 entries of at most 65 535 bytes.
    const { bytes, headers } = await fetchFile(path, 17 * smallBytes, signal);
    return reply(200, bytes, headers);
  });
  http.route(logProxyRoutes.getLogBody, async ({ params, reply, signal }) => {
    const { bytes, headers } = await fetchFile(pathIn("body", params["*"]), bodyBytes, signal);
    return reply(200, bytes, headers);
  });
  http.route(logProxyRoutes.getLogCompact, async ({ params, reply, signal }) => {
    const path = pathIn("compact", params["*"]);
    const { bytes, headers } = await fetchFile(path, compactBytes, signal);
    return reply(200, bytes, headers);
  });
};

const pathIn = (folder: keyof typeof allowed, rest: string): string => {
  if (allowed[folder].test(rest)) return `/${folder}/${rest}`;
  throw noFile(`/${folder}/${rest}`);
};

const cacheOf = ({ headers }: Response): Record<string, string> => {
  const cache = headers.get("cache-control");
  return cache === null ? {} : { "cache-control": cache };
};
