import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export type ServiceProcess = {
  readonly pid: number;
  /** Resolves with where it listens; rejects with its last line when it ends before. */
  readonly url: Promise<string>;
  readonly exit: Promise<number | null>;
  /** Every line it printed. */
  readonly lines: readonly string[];
  readonly signal: (name: "SIGTERM" | "SIGKILL") => void;
};

/** Where programs are found, and what has been compiled of them before. */
const { PATH, NODE_COMPILE_CACHE } = process.env;

/** A service as a process of its own: its main.ts or a bundle, told nothing but these settings. */
export const startProcess = (
  program: string,
  settings: Readonly<Record<string, string>>,
): ServiceProcess => {
  const child = spawn(process.execPath, [program], {
    env: { PATH, NODE_COMPILE_CACHE, ...settings },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  const { promise: url, resolve, reject } = Promise.withResolvers<string>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    const entry = JSON.parse(line) as { msg?: string; url?: string };
    if (entry.msg === "listening" && entry.url !== undefined) resolve(entry.url);
  });
  const exit = new Promise<number | null>((done) => {
    child.once("close", (code) => {
      reject(new Error(`ended with ${code}: ${lines.at(-1)}`));
      done(code);
    });
  });
  url.catch(() => null); // whoever waits for it hears of it; who only waits for the exit does not have to
  return { pid: child.pid ?? 0, url, exit, lines, signal: (name) => void child.kill(name) };
};
