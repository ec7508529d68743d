import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { systemClock } from "@lucid/platform/clock";
import { loadConfig } from "@lucid/platform/config";
import { createLog, type Log } from "@lucid/platform/log";
import { createNodeManagement, type NodeManagement } from "./app.ts";
import { configSchema, type NodeManagementConfig, otherSections } from "./config.ts";
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
  const sources = { flags: { ...flags }, env: process.env, otherSections };
  return loadConfig(configSchema, existsSync(file) ? { ...sources, file } : sources).values;
};

/** Resolves with the signal that asks us to stop; asked for during the start, it takes effect right after it. */
const askedToStop = new Promise<string>((resolve) => {
  process.on("SIGTERM", resolve);
  process.on("SIGINT", resolve);
});

const start = async (): Promise<{ service: NodeManagement; log: Log }> => {
  const config = readConfig(process.argv.slice(2));
  const log = createLog({ level: config.LOG_LEVEL, name });
  const consoleDir = findConsole(import.meta.url);
  const service = await createNodeManagement(config, { clock: systemClock, log, consoleDir });
  const { url, metricsUrl, network } = service;
  log.info({ url, metrics_url: metricsUrl, network_id: network.networkId }, "listening");
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
  log.error("did not stop in time; what was in flight is driven again at the next start");
  process.exit(1);
};

void askedToStop.then(() => setTimeout(giveUp, stopWithinMs).unref());
const { service, log } = await start().catch(refuse);
log.info({ signal: await askedToStop }, "stopping");
await service[Symbol.asyncDispose]();
log.info("stopped");
