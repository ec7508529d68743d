import { join } from "node:path";
import { errorTable } from "@lucid/api";
import { createChores } from "@lucid/platform/chores";
import type { Clock } from "@lucid/platform/clock";
import { openDocuments } from "@lucid/platform/documents";
import { createHttp } from "@lucid/platform/http";
import { createLeases } from "@lucid/platform/leases";
import type { Log } from "@lucid/platform/log";
import { createMetrics, serveMetrics } from "@lucid/platform/metrics";
import { defineChores } from "./chores.ts";
import { collections } from "./collections.ts";
import type { NodeManagementConfig } from "./config.ts";
import { serviceInfo } from "./info.ts";
import {
  bindStore,
  checkClock,
  readFirstPolicy,
  readKeySeed,
  readNetwork,
  registerReadiness,
} from "./network/index.ts";
import { createPayer } from "./payer.ts";
import type { Payer } from "./payouts/index.ts";
import { registerRoutes } from "./routes.ts";
import { createServices } from "./services.ts";
import type { Network } from "./shared/network.ts";

export type NodeManagementDeps = {
  readonly clock: Clock;
  readonly log: Log;
  /** What pays, instead of what the settings say; null for nobody. */
  readonly payer?: Payer | null;
  /** Where the console was built; not served without it. */
  readonly consoleDir?: string | undefined;
};

/** A running service. Disposing of it lets what is in flight finish or park, and closes the store. */
export type NodeManagement = AsyncDisposable & {
  readonly url: string;
  readonly metricsUrl: string;
  readonly network: Network;
};

const closeMs = 8000;

/**
 * Starts node-management on its data folder and resolves once it hears beacons.
 * Throws what refuses to start, with a line for the operator: Fault, DocumentsError, HttpStartError, TronError.
 */
export const createNodeManagement = async (
  config: NodeManagementConfig,
  deps: NodeManagementDeps,
): Promise<NodeManagement> => {
  const { clock, log } = deps;
  await using stack = new AsyncDisposableStack();
  const network = readNetwork(config.LUCID_DATA_PATH);
  checkClock(network, clock);
  const tokenKey = readKeySeed(
    config.TOKEN_KEY_FILE ?? join(config.LUCID_DATA_PATH, "keys", "token.key"),
  );
  const payer = deps.payer === undefined ? await createPayer(config) : deps.payer;
  const documents = stack.use(
    await openDocuments(
      {
        engine: "sqlite",
        path: join(config.LUCID_DATA_PATH, "node-management.sqlite"),
        // network.json lies in the same folder, so that the disk is there.
        create: true,
      },
      collections,
    ),
  );
  await bindStore(documents, network, clock);
  const metrics = createMetrics();
  const services = await createServices(
    { network, documents, clock, log, metrics, payer },
    { config, tokenKey, firstPolicy: readFirstPolicy(config.LUCID_DATA_PATH) },
  );
  const leases = createLeases({ documents, clock }, { holder: documents.storeId, sole: true });
  const chores = createChores({ clock, log, metrics, leases });
  const http = createHttp(
    { log, metrics, clock, errors: errorTable, authenticate: services.tokens.verify },
    {
      info: serviceInfo,
      trustedHosts: config.TRUSTED_HOSTS,
      corsOrigins: config.CORS_ORIGINS,
      trustProxy: config.TRUST_PROXY,
      timeouts: { closeMs },
    },
  );
  registerRoutes({ http, network, clock, services, chores });
  registerReadiness({
    http,
    documents,
    network,
    clock,
    chores: chores.status,
    hearing: services.beacons.hearing.state,
    payView: services.payView,
  });
  if (deps.consoleDir !== undefined) http.files({ directory: deps.consoleDir });
  defineChores({ chores, network, clock, metrics, services });

  const deaf = new AbortController();
  let hearing = Promise.resolve();
  stack.defer(async () => {
    await Promise.all([http[Symbol.asyncDispose](), chores[Symbol.asyncDispose]()]);
    deaf.abort();
    await hearing;
    await services.beacons.settled();
  });
  const served = stack.use(
    await serveMetrics({ metrics, host: config.METRICS_HOST, port: config.METRICS_PORT }),
  );
  const { url } = await http.listen({
    host: config.NODE_MANAGEMENT_HOST,
    port: config.NODE_MANAGEMENT_PORT,
  });
  await services.beacons.hearing.beat();
  hearing = services.beacons.listen(deaf.signal);
  chores.start();
  const running = stack.move();
  return {
    url,
    metricsUrl: served.url,
    network,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
};
