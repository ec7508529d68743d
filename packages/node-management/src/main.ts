import { systemClock } from "@lucid/platform/clock";
import { createLog } from "@lucid/platform/log";
import { readServiceConfig, runService } from "@lucid/platform/program";
import { createNodeManagement } from "./app.ts";
import { configSchema, otherSections } from "./config.ts";
import { findConsole } from "./console-dir.ts";
import { exitCodeOf } from "./exit-code.ts";

const name = "node-management";

await runService(process, {
  name,
  exitCodeOf,
  deadline: { ms: 10_000, words: "what was in flight is driven again at the next start" },
  start: async () => {
    const { env, argv } = process;
    const config = readServiceConfig(configSchema, { args: argv.slice(2), env, otherSections });
    const log = createLog({ level: config.LOG_LEVEL, name });
    const consoleDir = findConsole(import.meta.url);
    const service = await createNodeManagement(config, { clock: systemClock, log, consoleDir });
    const { url, metricsUrl, network, replica } = service;
    const { networkId: network_id } = network;
    log.info({ url, metrics_url: metricsUrl, network_id, replica }, "listening");
    return { service, log, drainMs: config.DRAIN_SECONDS * 1000 };
  },
});
