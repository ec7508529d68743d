import { join } from "node:path";
import { openCache } from "@lucid/platform/cache";
import { createChores } from "@lucid/platform/chores";
import type { Clock } from "@lucid/platform/clock";
import { measureDocuments } from "@lucid/platform/documents";
import { readFirstPolicy, readKeySeed, readNetwork } from "@lucid/platform/data-folder";
import type { Http } from "@lucid/platform/http";
import type { Log } from "@lucid/platform/log";
import { createMetrics, serveMetrics } from "@lucid/platform/metrics";
import { defineChores } from "./chores.ts";
import type { NodeManagementConfig } from "./config.ts";
import { serviceInfo } from "./info.ts";
import { bindStore, checkClock } from "./network/index.ts";
import { createPayer } from "./payer.ts";
import type { Payer } from "./payouts/index.ts";
import { readReached, type SendSlots } from "./sealing/index.ts";
import { createServer } from "./server.ts";
import { createServices, type Services } from "./services.ts";
import type { Network } from "./shared/network.ts";
import { createSharing, shareNews } from "./sharing.ts";
import { openStore } from "./store.ts";

export type NodeManagementDeps = {
  readonly clock: Clock;
  readonly log: Log;
  /** What pays, instead of what the settings say; null for nobody. */
  readonly payer?: Payer | null;
  /** What takes sealed slots, instead of the block-manager that the settings name. */
  readonly send?: SendSlots | undefined;
  /** Where the console was built; not served without it. */
  readonly consoleDir?: string | undefined;
};

/** A running service. Disposing of it lets what is in flight finish or park, and closes the store. */
export type NodeManagement = AsyncDisposable & {
  readonly url: string;
  readonly metricsUrl: string;
  readonly network: Network;
  /** The name under which it holds leases and writes beacons. */
  readonly replica: string;
};

/**
 * Starts node-management on its data folder and resolves once it hears beacons.
 * Throws what refuses to start, with a line for the operator: Fault, DataError, DocumentsError, HttpStartError, TronError.
 */
export const createNodeManagement = async (
  config: NodeManagementConfig,
  { clock, log, payer: givenPayer, send, consoleDir }: NodeManagementDeps,
): Promise<NodeManagement> => {
  await using stack = new AsyncDisposableStack();
  const folder = config.LUCID_DATA_PATH;
  const network = readNetwork(folder);
  checkClock(network, clock);
  const tokenKey = readKeySeed(config.TOKEN_KEY_FILE ?? join(folder, "keys", "token.key"));
  const payer = givenPayer === undefined ? await createPayer(config) : givenPayer;
  const store = stack.use(await openStore(config, clock));
  const { leases, replica, isShared } = store;
  const metrics = createMetrics();
  const documents = measureDocuments(store.documents, { metrics, clock });
  await bindStore(documents, network, clock);

  const prefix = `lucid:${network.networkId}`;
  const cache = stack.use(
    await openCache({ clock, log, metrics }, { url: config.REDIS_URL, prefix }),
  );
  const shared = isShared ? { isShared, from: await readReached(documents) } : {};
  const services = await createServices(
    { network, documents, replica, shared, clock, log, metrics, payer, send },
    { config, tokenKey, firstPolicy: readFirstPolicy(folder) },
  );
  const chores = createChores({ clock, log, metrics, leases });
  const deps = { config, network, documents, clock, log, metrics, cache, services, chores };
  const http = createServer({ ...deps, consoleDir });
  if (isShared) {
    const sharing = createSharing(deps);
    stack.use(await shareNews(deps, sharing));
    http.ready("replica", sharing.readiness);
    chores.define(sharing.chore);
    defineChores({ ...deps, chores: sharing.upToDate });
    // Whoever seals has to know of this replica before it accepts anything.
    await services.beacons.hearing.announce();
  } else defineChores(deps);

  const served = stack.use(
    await serveMetrics({
      metrics,
      host: config.METRICS_HOST,
      port: config.METRICS_PORT,
      version: serviceInfo.version,
    }),
  );
  const ears = openEars(services);
  stack.defer(async () => {
    // Leases go to others at once; requests are answered until nobody sends any more.
    await Promise.all([drain(http, config, clock), chores[Symbol.asyncDispose]()]);
    await ears.close();
  });
  const { url } = await listen(http, config);
  await ears.open();
  chores.start();
  const running = stack.move();
  return {
    url,
    metricsUrl: served.url,
    network,
    replica,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
};

const listen = (http: Http, config: NodeManagementConfig) =>
  http.listen({
    host: config.NODE_MANAGEMENT_HOST,
    port: config.NODE_MANAGEMENT_PORT,
    names: { host: "NODE_MANAGEMENT_HOST", port: "NODE_MANAGEMENT_PORT" },
  });

/** Goes on answering for as long as whoever hands out requests needs to see that this replica leaves. */
const drain = async (
  http: Http,
  { DRAIN_SECONDS }: NodeManagementConfig,
  clock: Clock,
): Promise<void> => {
  http.leave();
  await clock.sleep(DRAIN_SECONDS * 1000);
  await http[Symbol.asyncDispose]();
};

/** Hearing begins once connections are accepted and ends after the last of them. */
const openEars = ({ beacons }: Pick<Services, "beacons">) => {
  const stop = new AbortController();
  let listening = Promise.resolve();
  return {
    open: async (): Promise<void> => {
      await beacons.hearing.beat();
      listening = beacons.listen(stop.signal);
    },
    close: async (): Promise<void> => {
      stop.abort();
      await listening;
      await beacons.settled();
    },
  };
};
