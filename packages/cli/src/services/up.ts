import type { Io, Output } from "@lucid/agent";
import { createBlockManager, exitCodeOf as exitCodeOfLog } from "@lucid/block-manager";
import {
  createNodeManagement,
  exitCodeOf,
  type NodeManagementConfig,
} from "@lucid/node-management";
import { createLog, type Log } from "@lucid/platform/log";
import { isDemoNetwork } from "../network-folder/index.ts";
import { locatePrograms, refusalOf, refuseMissingPrograms } from "../programs/index.ts";
import type { ServiceOptions } from "../commands/service-options.ts";
import {
  besideService,
  keepsLog,
  loadServicesConfig,
  withLog,
  type ServicesConfig,
} from "./config.ts";
import { announceFollower, assertCanFollow, isFollower } from "./follower.ts";
import { runsSigner, startSigner } from "./signer.ts";

/** Runs the services of a network until the process is asked to end. */
export const runServices = async (
  io: Io,
  output: Output,
  options: ServiceOptions,
): Promise<void> => {
  const config = loadServicesConfig(io, options);
  const logOf = (name: string): Log =>
    createLog({
      level: config.service.values.LOG_LEVEL,
      name,
      pretty: !output.json,
      destination: { write: (line) => void io.stdout.write(line) },
    });
  await using stack = new AsyncDisposableStack();
  if (runsSigner(config)) refuseMissingPrograms();
  const follows = keepsLog(config) && isFollower(config);
  if (follows) assertCanFollow(config);
  const log = await startLog(io, config, logOf("block-manager"), stack);
  if (follows) announceFollower(output, config, log);
  else {
    if (runsSigner(config)) stack.use(await startSigner(io, output, config, log));
    await startService({ io, output, log: logOf("node-management") }, withLog(config, log), stack);
  }
  await io.clock.sleep(Number.POSITIVE_INFINITY, io.signal);
  output.event("stopping", {}, "stopping …");
};

type Start = { readonly io: Io; readonly output: Output; readonly log: Log };

const startService = async (
  { io, output, log }: Start,
  config: NodeManagementConfig,
  stack: AsyncDisposableStack,
): Promise<void> => {
  const { consoleDir, noConsole } = locatePrograms();
  const deps = { clock: io.clock, log, ...(consoleDir === null ? {} : { consoleDir }) };
  const service = stack.use(
    await createNodeManagement(config, deps).catch(refuseToStart(exitCodeOf)),
  );
  announce(output, service, { config, noConsole: consoleDir === null ? noConsole : null });
};

/** The address of the log that this process keeps; null when the settings say that it is elsewhere. */
const startLog = async (
  { clock }: Io,
  config: ServicesConfig,
  log: Log,
  stack: AsyncDisposableStack,
): Promise<string | null> => {
  if (!keepsLog(config)) return null;
  const starting = createBlockManager(besideService(config), { clock, log });
  return stack.use(await starting.catch(refuseToStart(exitCodeOfLog))).url;
};

type Service = Awaited<ReturnType<typeof createNodeManagement>>;

type About = {
  readonly config: NodeManagementConfig;
  /** Why there is no console; null when there is one. */
  readonly noConsole: string | null;
};

const describePayouts = ({
  TRON_NETWORK: chain,
  NODE_ADDRESS: wallet,
  SIGNER_SOCKET: socket,
}: About["config"]): string =>
  chain === "none"
    ? "none: TRON_NETWORK is none"
    : `on ${chain}, from the wallet ${wallet}${socket === undefined ? "" : `, signed by ${socket}`}`;

const announce = (
  output: Output,
  { url, metricsUrl, network }: Service,
  { config, noConsole }: About,
): void =>
  output.event(
    "listening",
    {
      url,
      metrics_url: metricsUrl,
      log_url: config.BLOCK_MANAGER_URL,
      network_id: network.networkId,
    },
    [
      `network  ${network.genesis.name} ${network.networkId}`,
      ...(isDemoNetwork(network.genesis)
        ? [
            `         a demo network: lucid demo --data ${config.LUCID_DATA_PATH} runs it with nodes and a local chain`,
          ]
        : []),
      `console  ${noConsole ?? `${url}/`}`,
      `API      ${url}/docs`,
      `log      ${config.BLOCK_MANAGER_URL} (lucid verify ${url}/log)`,
      `payouts  ${describePayouts(config)}`,
      "Ctrl-C stops it.",
    ].join("\n"),
  );

const refuseToStart =
  (exitCodeOf: (error: unknown) => number) =>
  (error: unknown): never => {
    throw refusalOf(error, exitCodeOf, "cannot start: ");
  };
