import { parseArgs } from "node:util";
import { systemClock } from "@lucid/platform/clock";
import { createLog } from "@lucid/platform/log";
import { runService, settingFlags } from "@lucid/platform/program";
import { configSchema } from "./config.ts";
import { exitCodeOf } from "./exit-code.ts";
import { initSigner, startSigner } from "./program.ts";
import { parseMoment, readSettings } from "./settings.ts";

const name = "signer";

/** `signer [init [--since 2026-01-31T12:00:00Z]]`, and `--like-this value` for every setting. */
const readArguments = () => {
  const options = { ...settingFlags(configSchema), since: { type: "string" as const } };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const { since, ...flags } = values;
  return {
    isInit: positionals[0] === "init",
    since,
    config: readSettings({ flags, env: process.env }),
  };
};

await runService(process, {
  name,
  exitCodeOf,
  start: async () => {
    const { isInit, since, config } = readArguments();
    const log = createLog({ level: config.LOG_LEVEL, name });
    if (isInit) {
      const sinceMs = since === undefined ? undefined : parseMoment(since);
      log.info({ journal: initSigner(config, { clock: systemClock }, sinceMs) }, "journal made");
      process.exit(0);
    }
    const service = await startSigner(config, { clock: systemClock, log });
    const { address, socket } = service;
    log.info({ address, url: `unix:${socket}` }, "listening");
    return { service, log };
  },
});
