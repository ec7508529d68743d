import { Failure, type ExitCode, type Io, type Output } from "@lucid/agent";
import { createNodeManagement, exitCodeOf } from "@lucid/node-management";
import { createLog } from "@lucid/platform/log";
import { locatePrograms } from "../programs/index.ts";
import type { ServiceOptions } from "../commands/service-options.ts";
import { loadServiceConfig } from "./config.ts";

/** Runs the services of a network until the process is asked to end. */
export const runServices = async (
  io: Io,
  output: Output,
  options: ServiceOptions,
): Promise<void> => {
  const config = loadServiceConfig(io, options).values;
  const log = createLog({
    level: config.LOG_LEVEL,
    name: "node-management",
    pretty: !output.json,
    destination: { write: (line) => void io.stdout.write(line) },
  });
  const { consoleDir } = locatePrograms();
  const deps = { clock: io.clock, log, ...(consoleDir === null ? {} : { consoleDir }) };
  await using service = await createNodeManagement(config, deps).catch(refuseToStart);
  announce(output, service, consoleDir !== null);
  await aborted(io.signal);
  output.event("stopping", {}, "stopping …");
};

type Service = Awaited<ReturnType<typeof createNodeManagement>>;

const announce = (
  output: Output,
  { url, metricsUrl, network }: Service,
  hasConsole: boolean,
): void =>
  output.event(
    "listening",
    { url, metrics_url: metricsUrl, network_id: network.networkId },
    [
      `network  ${network.genesis.name} ${network.networkId}`,
      hasConsole ? `console  ${url}/` : "console  not built here",
      `API      ${url}/docs`,
      "Ctrl-C stops it.",
    ].join("\n"),
  );

const refuseToStart = (error: unknown): never => {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error ? String(error.code) : "program.fault";
  throw new Failure(code, `cannot start: ${message}`, {
    exit: exitCodeOf(error) as ExitCode,
    cause: error,
  });
};

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
