import { createServer, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { collectDefaultMetrics } from "prom-client";
import type { Metrics } from "./metrics.ts";

export type MetricsServer = AsyncDisposable & { readonly url: string; readonly port: number };

export type ServeMetricsOptions = {
  readonly metrics: Metrics;
  readonly host: string;
  readonly port: number;
  /** Of the program. */
  readonly version: string;
};

const answer = (response: ServerResponse, status: number, type: string, body: string): void => {
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(body);
};

const listenError = (error: NodeJS.ErrnoException, host: string, port: number): Error =>
  new Error(
    error.code === "EADDRINUSE"
      ? `metrics: port ${port} on ${host} is taken; stop the other program or set METRICS_PORT`
      : `metrics: cannot listen on ${host}:${port} (${error.code ?? error.message})`,
    { cause: error },
  );

/** Serves `GET /metrics` on a port of its own, so that it can stay inside, with those of the process. Port 0 takes a free one. */
export const serveMetrics = async ({
  metrics,
  host,
  port,
  version,
}: ServeMetricsOptions): Promise<MetricsServer> => {
  collectDefaultMetrics({ register: metrics.registry });
  metrics
    .gauge("lucid_build_info", "1, with the version of the program in its label", ["version"])
    .set({ version }, 1);
  const server = createServer((request, response) => {
    if (request.url !== "/metrics") return answer(response, 404, "text/plain", "see /metrics\n");
    metrics.registry.metrics().then(
      (text) => answer(response, 200, metrics.registry.contentType, text),
      (error: unknown) => answer(response, 500, "text/plain", `metrics failed: ${String(error)}\n`),
    );
  });
  server.listen(port, host);
  await once(server, "listening").catch((error: NodeJS.ErrnoException) => {
    throw listenError(error, host, port);
  });
  const bound = server.address() as AddressInfo;
  const shown = host.includes(":") ? `[${host}]` : host;
  return {
    url: `http://${shown}:${bound.port}/metrics`,
    port: bound.port,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
