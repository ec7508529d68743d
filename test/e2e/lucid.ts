import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("../..", import.meta.url));

export type Ended = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
};

export type Running = {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** Resolves with the first line of standard output that fits; rejects when the program ends before. */
  line(fits: (line: string) => boolean): Promise<string>;
  kill(signal: NodeJS.Signals): void;
};

/** Ids of the user and the group that a program runs under; only root can start one as somebody else. */
export type User = { readonly uid: number; readonly gid: number };

export type StartOptions = {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  readonly user?: User;
};

/** The server that the store's own tests are pointed at is not for the networks that are made here, and no user is npm. */
const ownEnv = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => name !== "MONGODB_URI" && !name.startsWith("npm_"),
    ),
  );

/** Starts a program of ours as a user would. */
export const start = (
  command: string,
  args: readonly string[],
  options: StartOptions = {},
): Running => {
  const child = spawn(command, args, {
    cwd: options.cwd ?? repository,
    env: { ...ownEnv(), ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    ...options.user,
  });
  const seen = { out: "", err: "" };
  const watchers = new Set<() => void>();
  const note = (stream: "out" | "err") => (chunk: Buffer) => {
    seen[stream] += chunk.toString();
    for (const look of watchers) look();
  };
  child.stdout.on("data", note("out"));
  child.stderr.on("data", note("err"));
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal, ...seen }));
  });
  return {
    pid: child.pid ?? -1,
    ended,
    kill: (signal) => void child.kill(signal),
    line: (fits) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = seen.out.split("\n").slice(0, -1).find(fits);
          if (found === undefined) return;
          watchers.delete(look);
          resolve(found);
        };
        watchers.add(look);
        look();
        void ended.then(({ err }) => reject(new Error(`it ended before the line came: ${err}`)));
      }),
  };
};

export const lucid = (args: readonly string[], options: StartOptions = {}): Running =>
  start(process.execPath, ["bin/lucid.mjs", ...args], options);

export const jsonLines = (text: string): Record<string, unknown>[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
