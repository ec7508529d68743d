import { existsSync } from "node:fs";
import { exitCode, Failure, type Io } from "@lucid/agent";
import { signerFolder, signerSocket } from "../network-folder/index.ts";
import { findFreePort, locatePrograms } from "../programs/index.ts";
import type { DemoFolder } from "./folder.ts";
import { startListening, type Listening } from "./listening.ts";

export type Ground = Listening & { readonly token: string; readonly genesisBlockId: string };

const LOG_PORT = 8086;

/** The user's own settings must not leak into the demo's programs. */
export const childEnv = (io: Io, settings: Record<string, string> = {}): Record<string, string> => {
  const kept = ["PATH", "HOME", "TMPDIR", "LANG", "TZ", "NODE_COMPILE_CACHE"].flatMap((name) => {
    const value = io.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), ...settings };
};

/** The local chain with a treasury that lasts for years of demo. */
export const startChain = async (io: Io, folder: DemoFolder): Promise<Ground> => {
  const { child, announced } = await startListening(io, "tron-devnet", {
    args: [
      locatePrograms().tronDevnet,
      "--dir",
      folder.chain,
      "--block-ms",
      "1000",
      "--fund",
      `${folder.treasury}:100000000:100000000`,
    ],
    env: childEnv(io),
    logFile: folder.logFile("tron-devnet"),
  });
  return {
    child,
    announced,
    token: String(announced["token"]),
    genesisBlockId: String(announced["genesis_block_id"]),
  };
};

/** A program that listens on the port that was wanted or the next free one. */
export type Served = Listening & { readonly port: number };

/** The public log; how others reach it is what the service needs to know. */
export const startLog = (io: Io, folder: DemoFolder): Promise<Served> =>
  onFreePort(LOG_PORT, (port) =>
    startListening(io, "block-manager", {
      args: [locatePrograms().blockManager],
      env: childEnv(io, {
        LUCID_DATA_PATH: folder.path,
        BLOCK_MANAGER_HOST: "127.0.0.1",
        BLOCK_MANAGER_PORT: String(port),
        METRICS_PORT: "0",
      }),
      logFile: folder.logFile("block-manager"),
    }),
  );

/** The chain as every program's settings name it. */
const chainSettings = ({ announced, token, genesisBlockId }: Ground) => ({
  TRON_NETWORK: "local",
  TRON_ENDPOINTS: announced.url,
  TRON_TOKEN: token,
  TRON_GENESIS_BLOCK: genesisBlockId,
});

/** The signer, the only program that reads the wallet's key; it signs as soon as the log shows a debit. */
export const startSigner = async (
  io: Io,
  folder: DemoFolder,
  { ground, log }: { readonly ground: Ground; readonly log: Listening },
): Promise<Listening> => {
  const env = childEnv(io, {
    SIGNER_DATA_PATH: signerFolder(folder.path),
    SIGNER_SOCKET: signerSocket(folder.path),
    SIGNER_KEY_FILE: folder.treasuryKeyFile,
    // Apart from the journal, so that a start needs no waiting.
    SIGNER_MARK_FILE: folder.signerMark,
    NODE_ADDRESS: folder.treasury,
    SIGNER_NETWORK_ID: folder.networkId,
    SIGNER_LOG_URL: log.announced.url,
    SIGNER_DELAY_SLOTS: "0",
    ...chainSettings(ground),
  });
  const { initSigner, journalPath, readSettings } = await import("@lucid/tron/signer");
  const settings = readSettings({ env });
  if (!existsSync(journalPath(settings))) initSigner(settings, io);
  const args = [locatePrograms().signer];
  return startListening(io, "signer", { args, env, logFile: folder.logFile("signer") });
};

/** The service, which pays on the local chain and sends its blocks to the log. */
export const startService = (
  io: Io,
  folder: DemoFolder,
  { ground, log }: { readonly ground: Ground; readonly log: Listening },
  preferredPort: number,
): Promise<Served> =>
  onFreePort(preferredPort, (port) =>
    startListening(io, "node-management", {
      args: [locatePrograms().nodeManagement],
      env: childEnv(io, {
        LUCID_DATA_PATH: folder.path,
        NODE_MANAGEMENT_HOST: "127.0.0.1",
        NODE_MANAGEMENT_PORT: String(port),
        METRICS_PORT: "0",
        BLOCK_MANAGER_URL: log.announced.url,
        ...chainSettings(ground),
        SIGNER_SOCKET: signerSocket(folder.path),
        NODE_ADDRESS: folder.treasury,
        PAYOUT_PROCESSING_INTERVAL: "5",
      }),
      logFile: folder.logFile("node-management"),
    }),
  );

/** Somebody may take the port between our look and the program's: then the next one is tried. */
const onFreePort = async (
  preferred: number,
  start: (port: number) => Promise<Listening>,
  tries = 50,
): Promise<Served> => {
  const port = await findFreePort(preferred);
  try {
    return { ...(await start(port)), port };
  } catch (error) {
    const isTaken = error instanceof Failure && error.exit === exitCode.port;
    if (!isTaken || tries === 0) throw error;
    return onFreePort(port + 1, start, tries - 1);
  }
};
