import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { systemClock } from "@lucid/platform/clock";
import { loadConfig } from "@lucid/platform/config";
import { createLog } from "@lucid/platform/log";
import { createNodeManagement } from "./app.ts";
import { configSchema, type NodeManagementConfig } from "./config.ts";
import { findConsole } from "./console-dir.ts";
import { exitCodeOf } from "./exit-code.ts";

const stopWithinMs = 10_000;
const name = "node-management";

/** `--like-this value` for every setting; `LUCID_DATA_PATH` says where lucid.yaml lies. */
const readConfig = (args: string[]): NodeManagementConfig => {
  const options = Object.fromEntries(
    Object.keys(configSchema).map((key) => [
      key.toLowerCase().replaceAll("_", "-"),
      { type: "string" as const },
    ]),
  );
  const { values: flags } = parseArgs({ args, options });
  const dataPath = flags["lucid-data-path"] ?? process.env["LUCID_DATA_PATH"] ?? "./data";
  const file = join(dataPath, "lucid.yaml");
  const sources = { flags: { ...flags }, env: process.env };
  return loadConfig(configSchema, existsSync(file) ? { ...sources, file } : sources).values;
};

const fail = (error: unknown): never => {
  const log = createLog({ level: "error", name });
  const exitCode = exitCodeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  log.fatal(exitCode === 1 ? { err: error } : {}, `cannot start: ${message}`);
  process.exit(exitCode);
};

const start = async (): Promise<void> => {
  const config = readConfig(process.argv.slice(2));
  const log = createLog({ level: config.LOG_LEVEL, name });
  const service = await createNodeManagement(config, {
    clock: systemClock,
    log,
    consoleDir: findConsole(import.meta.url),
  });
  const { url, metricsUrl, network } = service;
  log.info({ url, metrics_url: metricsUrl, network_id: network.networkId }, "listening");

  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, "stopping");
    setTimeout(() => {
      log.error("did not stop in time; what was in flight is driven again at the next start");
      process.exit(1);
    }, stopWithinMs).unref();
    service[Symbol.asyncDispose]().then(
      () => log.info("stopped"),
      (error: unknown) => {
        log.error({ err: error }, "did not stop in order");
        process.exitCode = 1;
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
};

await start().catch(fail);
