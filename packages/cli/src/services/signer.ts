import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Failure, makePrivateFolder, type Io, type Output } from "@lucid/agent";
import { initSigner, journalPath, readSettings } from "@lucid/tron/signer";
import { signerFolder, signerSocket, unusedMark } from "../network-folder/index.ts";
import { type Child, locatePrograms, startChild } from "../programs/index.ts";
import type { ServicesConfig } from "./config.ts";

const STOP_MS = 10_000;
const AGAIN_MS = 5000;

/**
 * Whether the settings leave the signer to this program: something pays, and the socket is the one of the network's own
 * folder. A socket elsewhere is that of a signer which somebody else runs.
 */
export const runsSigner = ({ service: { values } }: ServicesConfig): boolean =>
  values.TRON_NETWORK !== "none" &&
  values.SIGNER_SOCKET === signerSocket(values.LUCID_DATA_PATH) &&
  existsSync(join(signerFolder(values.LUCID_DATA_PATH), "signer.yaml")) &&
  keyOf(values.LUCID_DATA_PATH) !== null;

/** The wallet's key, as far as it is in this folder. */
const keyOf = (folder: string): string | null =>
  [join(signerFolder(folder), "wallet.key"), join(folder, "keys", "treasury.key")].find((path) =>
    existsSync(path),
  ) ?? null;

/** Runs the signer as a program of its own, and starts it again when it ends. Throws a Failure when it cannot be started. */
export const startSigner = async (
  io: Io,
  output: Output,
  config: ServicesConfig,
  logUrl: string | null,
): Promise<AsyncDisposable> => {
  const folder = config.service.values.LUCID_DATA_PATH;
  const env = signerEnvironment(io, config, logUrl);
  makeFirstJournal(io, env, folder);
  await makePrivateFolder(join(folder, "logs"));
  const logFile = join(folder, "logs", "signer.log");
  const over = new AbortController();
  let child: Child | null = null;
  const keep = async (): Promise<void> => {
    while (!over.signal.aborted) {
      child = startChild({ args: [locatePrograms().signer], env, logFile });
      const { pid } = child;
      output.event("signer", { pid, log_file: logFile }, `signer   process ${pid}, ${logFile}`);
      await child.exited;
      if (over.signal.aborted) return;
      output.warn(`the signer ended, so nothing is signed; it is started again. See ${logFile}`);
      await io.clock.sleep(AGAIN_MS, over.signal);
    }
  };
  const kept = keep();
  return {
    [Symbol.asyncDispose]: async () => {
      over.abort();
      await child?.stop(STOP_MS);
      await kept;
    },
  };
};

/** Its own settings come from signer.yaml; which chain and log are those of the service beside it. */
const signerEnvironment = (
  { env }: Pick<Io, "env">,
  { service }: ServicesConfig,
  logUrl: string | null,
): Record<string, string> => {
  const { LUCID_DATA_PATH: folder, BLOCK_MANAGER_URL, LOG_LEVEL } = service.values;
  const key = keyOf(folder);
  return {
    ...(env["PATH"] !== undefined && { PATH: env["PATH"] }),
    SIGNER_DATA_PATH: signerFolder(folder),
    SIGNER_SOCKET: signerSocket(folder),
    ...(key !== null && { SIGNER_KEY_FILE: key }),
    SIGNER_LOG_URL: logUrl ?? BLOCK_MANAGER_URL,
    LOG_LEVEL,
    ...chainEnvironment(service.values),
  };
};

const chainEnvironment = (values: ServicesConfig["service"]["values"]): Record<string, string> => {
  const { TRON_NETWORK, TRON_ENDPOINTS, TRON_API_KEY, TRON_TOKEN, TRON_GENESIS_BLOCK } = values;
  return {
    TRON_NETWORK,
    ...(TRON_ENDPOINTS.length > 0 && { TRON_ENDPOINTS: TRON_ENDPOINTS.join(",") }),
    ...(TRON_API_KEY !== undefined && { TRON_API_KEY }),
    ...(TRON_TOKEN !== undefined && { TRON_TOKEN }),
    ...(TRON_GENESIS_BLOCK !== undefined && { TRON_GENESIS_BLOCK }),
  };
};

/** While the mark of `lucid init` is there nothing was signed; later a missing journal is a loss that people have to judge. */
const makeFirstJournal = (
  io: Pick<Io, "clock">,
  env: Record<string, string>,
  folder: string,
): void => {
  const settings = readSettings({ env });
  if (existsSync(journalPath(settings))) return;
  if (!existsSync(unusedMark(folder)))
    throw new Failure("signer.journal.missing", `there is no ${journalPath(settings)}`, {
      fix: "When this wallet has signed nothing yet, make one: lucid signer init; otherwise see docs/signer.md",
    });
  initSigner(settings, io);
  rmSync(unusedMark(folder));
};
