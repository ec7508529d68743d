import { systemClock } from "@lucid/platform/clock";
import { createLog } from "@lucid/platform/log";
import { readServiceConfig, runService } from "@lucid/platform/program";
import { createBlockManager } from "./app.ts";
import { configSchema, configSection } from "./config.ts";
import { exitCodeOf } from "./exit-code.ts";

const name = "block-manager";

await runService(process, {
  name,
  exitCodeOf,
  deadline: { ms: 10_000, words: "what was not acknowledged is sent again" },
  start: async () => {
    const { env, argv } = process;
    const sources = { args: argv.slice(2), env, section: configSection };
    const config = readServiceConfig(configSchema, sources);
    const log = createLog({ level: config.LOG_LEVEL, name });
    const service = await createBlockManager(config, { clock: systemClock, log });
    const { url, metricsUrl, network } = service;
    const mode = config.BLOCK_MANAGER_MODE;
    log.info({ url, metrics_url: metricsUrl, network_id: network.networkId, mode }, "listening");
    return { service, log };
  },
});
