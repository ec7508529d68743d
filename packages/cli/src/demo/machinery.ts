import { exitCode, Failure, type ExitCode, type Io } from "@lucid/agent";
import {
  findFreePort,
  locatePrograms,
  startChild,
  type Child,
  type Exit,
} from "../programs/index.ts";
import type { DemoFolder } from "./folder.ts";

/** A running program that said where it listens. */
export type Listening = { readonly child: Child; readonly announced: Announced };
type Announced = { readonly url: string } & Readonly<Record<string, unknown>>;

export type Ground = Listening & { readonly token: string; readonly genesisBlockId: string };

const START_MS = 20_000;

/** The user's own settings must not leak into the demo's programs. */
export const childEnv = (io: Io, settings: Record<string, string> = {}): Record<string, string> => {
  const kept = ["PATH", "HOME", "TMPDIR", "LANG", "TZ"].flatMap((name) => {
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

/** The service on `preferredPort` or the next free one. */
export const startService = async (
  io: Io,
  folder: DemoFolder,
  ground: Ground,
  preferredPort: number,
): Promise<Listening & { readonly port: number }> => {
  const port = await findFreePort(preferredPort);
  try {
    const listening = await startListening(io, "node-management", {
      args: [locatePrograms().nodeManagement],
      env: childEnv(io, {
        LUCID_DATA_PATH: folder.path,
        NODE_MANAGEMENT_HOST: "127.0.0.1",
        NODE_MANAGEMENT_PORT: String(port),
        METRICS_PORT: "0",
        TRON_NETWORK: "local",
        TRON_ENDPOINTS: ground.announced.url,
        TRON_TOKEN: ground.token,
        TRON_GENESIS_BLOCK: ground.genesisBlockId,
        TREASURY_KEY_FILE: folder.treasuryKeyFile,
        NODE_ADDRESS: folder.treasury,
        PAYOUT_PROCESSING_INTERVAL: "5",
      }),
      logFile: folder.logFile("node-management"),
    });
    return { ...listening, port };
  } catch (error) {
    // Somebody took the port between our look and the service's.
    const taken = error instanceof Failure && error.exit === exitCode.port;
    if (!taken || port > preferredPort + 50) throw error;
    return startService(io, folder, ground, port + 1);
  }
};

type ChildSettings = Omit<Parameters<typeof startChild>[0], "onLine">;

const startListening = async (
  io: Io,
  name: string,
  settings: ChildSettings,
): Promise<Listening> => {
  const { promise, resolve } = Promise.withResolvers<Announced>();
  const child = startChild({
    ...settings,
    onLine: (line) => {
      const announced = parseListening(line);
      if (announced !== null) resolve(announced);
    },
  });
  const decided = new AbortController();
  const patience = AbortSignal.any([io.signal, decided.signal]);
  const outcome = await Promise.race([
    promise,
    child.exited,
    io.clock.sleep(START_MS, patience).then(() => null),
  ]);
  decided.abort();
  if (outcome !== null && "url" in outcome) return { child, announced: outcome };
  await child.stop(1000);
  if (io.signal.aborted) throw interrupted();
  throw childFailure(name, child, settings.logFile, outcome);
};

export const interrupted = (): Failure =>
  new Failure("interrupted", "stopped before three payouts were confirmed", {
    fix: "Everything is kept: start it again to go on, or remove its folder to start over",
    exit: exitCode.interrupted,
  });

/** What is left to say about a program that ended or never came up. */
export const childFailure = (
  name: string,
  child: Child,
  logFile: string,
  exit: Exit | null,
): Failure => {
  const last = lastWords(child.lastLines());
  const what = exit === null ? "does not come up" : endOf(exit);
  return new Failure(
    "demo.child",
    `${name} ${what}${last === undefined ? "" : `: ${plain(last)}`}`,
    {
      fix: `Its log is ${logFile}`,
      exit: exit === null ? exitCode.fault : exitOf(exit.code),
    },
  );
};

const known: readonly number[] = [
  exitCode.usage,
  exitCode.wrongNetwork,
  exitCode.folder,
  exitCode.port,
];
const exitOf = (code: number): ExitCode =>
  known.includes(code) ? (code as ExitCode) : exitCode.fault;

const endOf = ({ code, signal }: Exit): string =>
  signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;

/** The line that says why, as far as a line can be told to. */
const lastWords = (lines: readonly string[]): string | undefined =>
  lines.findLast((line) => /error/i.test(line) || line.startsWith("{")) ?? lines.at(-1);

/** The message of a JSON log line, or the line itself. */
const plain = (line: string): string => {
  const value = parseObject(line);
  const message = value?.["msg"] ?? value?.["message"];
  return typeof message === "string" ? message : line;
};

const parseListening = (line: string): Announced | null => {
  const value = parseObject(line);
  if (value === null || typeof value["url"] !== "string") return null;
  const isIt = value["event"] === "listening" || value["msg"] === "listening";
  return isIt ? { ...value, url: value["url"] } : null;
};

export const parseObject = (line: string): Record<string, unknown> | null => {
  if (!line.startsWith("{")) return null;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return null; // a line cut off by the program's end
  }
};
