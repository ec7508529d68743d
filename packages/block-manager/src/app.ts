import { createChores } from "@lucid/platform/chores";
import type { Clock } from "@lucid/platform/clock";
import { readNetwork } from "@lucid/platform/data-folder";
import type { Log } from "@lucid/platform/log";
import { createMetrics, serveMetrics } from "@lucid/platform/metrics";
import type { BlockNetwork } from "@lucid/protocol";
import { defineChores } from "./chores.ts";
import type { BlockManagerConfig } from "./config.ts";
import { createObserver } from "./figures.ts";
import { serviceInfo } from "./info.ts";
import { createServer } from "./server.ts";
import { createServices } from "./services.ts";

export type BlockManagerDeps = {
  readonly clock: Clock;
  readonly log: Log;
};

/** A running service. Disposing of it lets what is in flight finish, and lets go of the log's folder. */
export type BlockManager = AsyncDisposable & {
  readonly url: string;
  readonly metricsUrl: string;
  readonly network: BlockNetwork;
};

/**
 * Starts block-manager on its data folder and resolves once it takes sealed slots, or mirrors them.
 * Throws what refuses to start, with a line for the operator: Fault, DataError, StoreError, DiskError, HttpStartError.
 */
export const createBlockManager = async (
  config: BlockManagerConfig,
  { clock, log }: BlockManagerDeps,
): Promise<BlockManager> => {
  await using stack = new AsyncDisposableStack();
  const network = readNetwork(config.LUCID_DATA_PATH);
  const metrics = createMetrics();
  const observer = createObserver({ metrics, log });
  const services = stack.use(await createServices({ network, clock, observer }, config));
  const chores = createChores({ clock, log, metrics });
  const http = createServer({ config, clock, log, metrics, services, chores });
  defineChores({ chores, clock, metrics, services });

  const served = stack.use(
    await serveMetrics({
      metrics,
      host: config.METRICS_HOST,
      port: config.METRICS_PORT,
      version: serviceInfo.version,
    }),
  );
  stack.defer(async () => {
    await Promise.all([http[Symbol.asyncDispose](), chores[Symbol.asyncDispose]()]);
  });
  const { url } = await http.listen({
    host: config.BLOCK_MANAGER_HOST,
    port: config.BLOCK_MANAGER_PORT,
    names: { host: "BLOCK_MANAGER_HOST", port: "BLOCK_MANAGER_PORT" },
  });
  chores.start();
  const running = stack.move();
  return {
    url,
    metricsUrl: served.url,
    network,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
};
