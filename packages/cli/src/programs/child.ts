import { spawn, type ChildProcess } from "node:child_process";
import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { constants } from "node:os";
import { leanEnvironment } from "@lucid/platform/program";
import { locatePrograms } from "./locate.ts";

export type ChildOptions = {
  /** Script and arguments for our own Node. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Everything it prints is appended here. */
  readonly logFile: string;
  readonly onLine?: (line: string) => void;
};

export type Exit = { readonly code: number; readonly signal: string | null };

export type Child = {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  /** The last lines it printed, for the explanation of its end. */
  lastLines(): readonly string[];
  /** Asks it to end (SIGTERM), and makes it after `graceMs`. */
  stop(graceMs: number): Promise<Exit>;
  /** SIGKILL, as a power cut would. */
  kill(): Promise<Exit>;
};

const KEPT_LINES = 20;

/** Starts a program of ours as a process of its own that cannot outlive this one. */
export const startChild = ({ args, env, logFile, onLine }: ChildOptions): Child => {
  const log = createWriteStream(logFile, { flags: "a", mode: 0o600 });
  const kept: string[] = [];
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "--import", locatePrograms().endWithParent, ...args],
    // Detached: Ctrl-C in the terminal reaches us alone, and we end the others in order.
    {
      env: { ...leanEnvironment, ...env },
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    },
  );
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on("line", (line) => {
      log.write(`${line}\n`);
      kept.push(line);
      if (kept.length > KEPT_LINES) kept.shift();
      if (stream === child.stdout) onLine?.(line);
    });
  }
  const exited = exitOf(child).finally(() => log.end());
  return {
    pid: child.pid ?? -1,
    exited,
    lastLines: () => kept,
    async stop(graceMs) {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
      return exited.finally(() => clearTimeout(timer));
    },
    async kill() {
      child.kill("SIGKILL");
      return exited;
    },
  };
};

const exitOf = (child: ChildProcess): Promise<Exit> =>
  new Promise((resolve) => {
    child.on("close", (code, signal) =>
      resolve({ code: code ?? 128 + (signal === null ? 0 : constants.signals[signal]), signal }),
    );
    child.on("error", () => resolve({ code: 127, signal: null }));
  });
