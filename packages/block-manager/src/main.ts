import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { systemClock } from "@lucid/platform/clock";
import { loadConfig } from "@lucid/platform/config";
import { createLog, type Log } from "@lucid/platform/log";
import { type BlockManager, createBlockManager } from "./app.ts";
import { type BlockManagerConfig, configSchema, configSection } from "./config.ts";
import { exitCodeOf } from "./exit-code.ts";

const stopWithinMs = 10_000;
const name = "block-manager";

/** `--like-this value` for every setting; `LUCID_DATA_PATH` says where lucid.yaml lies. */
const readConfig = (args: string[]): BlockManagerConfig => {
  const options = Object.fromEntries(
    Object.keys(configSchema).map((key) => [
      key.toLowerCase().replaceAll("_", "-"),
      { type: "string" as const },
    ]),
  );
  const { values: flags } = parseArgs({ args, options });
  const dataPath = flags["lucid-data-path"] ?? process.env["LUCID_DATA_PATH"] ?? "./data";
  const file = join(dataPath, "lucid.yaml");
  const sources = { flags: { ...flags }, env: process.env, section: configSection };
  return loadConfig(configSchema, existsSync(file) ? { ...sources, file } : sources).values;
};

/** Resolves with the signal that asks us to stop; asked for during the start, it takes effect right after it. */
const askedToStop = new Promise<string>((resolve) => {
  process.on("SIGTERM", resolve);
  process.on("SIGINT", resolve);
});

const start = async (): Promise<{ service: BlockManager; log: Log }> => {
  const config = readConfig(process.argv.slice(2));
  const log = createLog({ level: config.LOG_LEVEL, name });
  const service = await createBlockManager(config, { clock: systemClock, log });
  const { url, metricsUrl, network } = service;
  const mode = config.BLOCK_MANAGER_MODE;
  log.info({ url, metrics_url: metricsUrl, network_id: network.networkId, mode }, "listening");
  return { service, log };
};

const refuse = (error: unknown): never => {
  const exitCode = exitCodeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const log = createLog({ level: "error", name });
  log.fatal(exitCode === 1 ? { err: error } : {}, `cannot start: ${message}`);
  process.exit(exitCode);
};

const giveUp = (): never => {
  const log = createLog({ level: "error", name });
  log.error("did not stop in time; what was not acknowledged is sent again");
  process.exit(1);
};

void askedToStop.then(() => setTimeout(giveUp, stopWithinMs).unref());
const { service, log } = await start().catch(refuse);
log.info({ signal: await askedToStop }, "stopping");
await service[Symbol.asyncDispose]();
log.info("stopped");
