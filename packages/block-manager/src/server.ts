import { errorTable } from "@lucid/api";
import type { Chores } from "@lucid/platform/chores";
import type { Clock } from "@lucid/platform/clock";
import { createHttp, type Http } from "@lucid/platform/http";
import type { Log } from "@lucid/platform/log";
import type { Metrics } from "@lucid/platform/metrics";
import type { BlockManagerConfig } from "./config.ts";
import { serviceInfo } from "./info.ts";
import { registerReadiness } from "./readiness.ts";
import { registerRoutes } from "./routes.ts";
import type { Services } from "./services.ts";

export type ServerDeps = {
  readonly config: BlockManagerConfig;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly services: Services;
  readonly chores: Chores;
};

/** A body is read, checked and hashed for an answer; the files of the log cost next to nothing and have no limit. */
const anonymousByRate = { bodies: 600, cosignatures: 300 };

/** How long requests in flight may take once the service stops. */
const closeMs = 8000;

/** The HTTP side: operations, files and readiness. Does not listen yet. */
export const createServer = (deps: ServerDeps): Http => {
  const { config, clock, log, metrics, services, chores } = deps;
  const { store, diskWatch, authenticate } = services;
  const http = createHttp(
    { log, metrics, clock, errors: errorTable, authenticate },
    {
      info: serviceInfo,
      trustedHosts: config.TRUSTED_HOSTS,
      corsOrigins: config.CORS_ORIGINS,
      trustProxy: config.TRUST_PROXY,
      limits: { anonymousByRate },
      timeouts: { closeMs },
    },
  );
  registerRoutes({ http, log, services, config });
  registerReadiness({
    http,
    network: store.network,
    clock,
    store,
    disk: diskWatch.readiness,
    peers: services.upkeep.peers,
    files: services.upkeep.files,
    chores: () => chores.status(),
  });
  return http;
};
