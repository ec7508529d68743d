import { systemClock } from "@lucid/platform/clock";
import { createLog } from "@lucid/platform/log";
import { runService } from "@lucid/platform/program";
import { readArguments } from "./arguments.ts";
import { exitCodeOf } from "./exit-code.ts";
import { initSigner, startSigner } from "./program.ts";

const name = "signer";

await runService(process, {
  name,
  exitCodeOf,
  start: async () => {
    const { config, task, sinceMs } = readArguments({
      args: process.argv.slice(2),
      env: process.env,
    });
    const log = createLog({ level: config.LOG_LEVEL, name });
    if (task === "init") {
      log.info({ journal: initSigner(config, { clock: systemClock }, sinceMs) }, "journal made");
      process.exit(0);
    }
    const service = await startSigner(config, { clock: systemClock, log });
    const { address, socket } = service;
    log.info({ address, url: `unix:${socket}` }, "listening");
    return { service, log };
  },
});
