import { errorTable } from "@lucid/api";
import type { Cache } from "@lucid/platform/cache";
import type { Chores } from "@lucid/platform/chores";
import type { Clock } from "@lucid/platform/clock";
import type { Documents } from "@lucid/platform/documents";
import { createHttp, type Http } from "@lucid/platform/http";
import type { Log } from "@lucid/platform/log";
import type { Metrics } from "@lucid/platform/metrics";
import { createAuthenticate } from "./access/index.ts";
import type { NodeManagementConfig } from "./config.ts";
import { serviceInfo } from "./info.ts";
import { registerReadiness } from "./network/index.ts";
import { registerRoutes } from "./routes.ts";
import type { Services } from "./services.ts";
import type { Network } from "./shared/network.ts";

export type ServerDeps = {
  readonly config: NodeManagementConfig;
  readonly network: Network;
  readonly documents: Documents;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly cache: Cache;
  readonly services: Services;
  readonly chores: Chores;
  readonly consoleDir: string | undefined;
};

/** How long requests in flight may take once the service stops. */
const closeMs = 8000;

/** The HTTP side: operations, readiness and the console. Does not listen yet. */
export const createServer = (deps: ServerDeps): Http => {
  const { config, network, documents, clock, log, metrics, cache, services, chores } = deps;
  const { beacons, sealing, payView } = services;
  const http = createHttp(
    { log, metrics, clock, cache, errors: errorTable, authenticate: createAuthenticate(services) },
    {
      info: serviceInfo,
      trustedHosts: config.TRUSTED_HOSTS,
      corsOrigins: config.CORS_ORIGINS,
      trustProxy: config.TRUST_PROXY,
      timeouts: { closeMs },
    },
  );
  const wake = (): void => {
    const woken = Promise.all([services.payouts.call(), chores.runNow("payouts")]);
    woken.catch((error: unknown) => {
      log.warn({ err: error }, "the payer could not be woken; it runs with its next turn");
    });
  };
  const settleNow = (): void => {
    chores.runNow("settlement").catch((error: unknown) => {
      log.warn({ err: error }, "settlement could not be woken; it runs with its next turn");
    });
  };
  registerRoutes({
    http,
    network,
    clock,
    services,
    blockManagerUrl: config.BLOCK_MANAGER_URL,
    wake,
    settleNow,
  });
  registerReadiness({
    http,
    documents,
    network,
    clock,
    chores: () => chores.status(),
    hearing: beacons.hearing.state,
    sealing: () => sealing.state(),
    publicLog: () => {
      const { ok, detail } = sealing.sender.state();
      return { ok, detail };
    },
    payView,
    signer: services.signer,
  });
  // Information only: without Redis each replica goes on by itself.
  http.ready("cache", () => ({ ok: true, detail: cache.state().detail }));
  if (deps.consoleDir !== undefined) http.files({ directory: deps.consoleDir });
  return http;
};
