import { parseArgs } from "node:util";
import { systemClock } from "@lucid/platform/clock";
import { createLog } from "@lucid/platform/log";
import { configSchema } from "./config.ts";
import { exitCodeOf } from "./exit-code.ts";
import { initSigner, startSigner } from "./program.ts";
import { parseMoment, readSettings } from "./settings.ts";

const name = "signer";

/** `signer [init [--since 2026-01-31T12:00:00Z]]`, and `--like-this value` for every setting. */
const readArguments = () => {
  const names = Object.keys(configSchema).map((key) => key.toLowerCase().replaceAll("_", "-"));
  const options = Object.fromEntries(
    [...names, "since"].map((flag) => [flag, { type: "string" as const }]),
  );
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const { since, ...flags } = values;
  return {
    isInit: positionals[0] === "init",
    since,
    config: readSettings({ flags, env: process.env }),
  };
};

const askedToStop = new Promise<string>((resolve) => {
  process.on("SIGTERM", resolve);
  process.on("SIGINT", resolve);
});

const refuse = (error: unknown): never => {
  const exitCode = exitCodeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  createLog({ level: "error", name }).fatal(
    exitCode === 1 ? { err: error } : {},
    `cannot start: ${message}`,
  );
  process.exit(exitCode);
};

const run = async (): Promise<void> => {
  const { isInit, since, config } = readArguments();
  const log = createLog({ level: config.LOG_LEVEL, name });
  if (isInit) {
    const sinceMs = since === undefined ? undefined : parseMoment(since);
    log.info({ journal: initSigner(config, { clock: systemClock }, sinceMs) }, "journal made");
    process.exit(0);
  }
  const signer = await startSigner(config, { clock: systemClock, log });
  const { address, socket } = signer;
  log.info({ address, url: `unix:${socket}` }, "listening");
  log.info({ signal: await askedToStop }, "stopping");
  await signer[Symbol.asyncDispose]();
  log.info("stopped");
};

await run().catch(refuse);
