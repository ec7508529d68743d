import { Failure, type ExitCode, type Io, type Output } from "@lucid/agent";
import { createNodeManagement, exitCodeOf, type configSchema } from "@lucid/node-management";
import type { LoadedConfig } from "@lucid/platform/config";
import { createLog } from "@lucid/platform/log";
import { isDemoNetwork } from "../network-folder/index.ts";
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
  const { consoleDir, noConsole } = locatePrograms();
  const deps = { clock: io.clock, log, ...(consoleDir === null ? {} : { consoleDir }) };
  await using service = await createNodeManagement(config, deps).catch(refuseToStart);
  announce(output, service, { config, noConsole: consoleDir === null ? noConsole : null });
  await aborted(io.signal);
  output.event("stopping", {}, "stopping …");
};

type Service = Awaited<ReturnType<typeof createNodeManagement>>;

type About = {
  readonly config: LoadedConfig<typeof configSchema>["values"];
  /** Why there is no console; null when there is one. */
  readonly noConsole: string | null;
};

const describePayouts = ({ TRON_NETWORK: chain, NODE_ADDRESS: wallet }: About["config"]): string =>
  chain === "none" ? "none: TRON_NETWORK is none" : `on ${chain}, from the wallet ${wallet}`;

const announce = (
  output: Output,
  { url, metricsUrl, network }: Service,
  { config, noConsole }: About,
): void =>
  output.event(
    "listening",
    { url, metrics_url: metricsUrl, network_id: network.networkId },
    [
      `network  ${network.genesis.name} ${network.networkId}`,
      ...(isDemoNetwork(network.genesis)
        ? [
            `         a demo network: lucid demo --data ${config.LUCID_DATA_PATH} runs it with nodes and a local chain`,
          ]
        : []),
      `console  ${noConsole ?? `${url}/`}`,
      `API      ${url}/docs`,
      `payouts  ${describePayouts(config)}`,
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
