import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export type ServiceProcess = {
  /** Resolves with where it listens; rejects with its last line when it ends before. */
  readonly url: Promise<string>;
  readonly exit: Promise<number | null>;
  /** Every line it printed. */
  readonly lines: readonly string[];
  readonly signal: (name: "SIGTERM" | "SIGKILL") => void;
};

const main = fileURLToPath(new URL("../main.ts", import.meta.url));

/** block-manager as a process of its own, on free ports, from its sources or from a bundle. */
export const startServiceProcess = (
  folder: string,
  settings: Readonly<Record<string, string>> = {},
  program: string = main,
): ServiceProcess => {
  const child = spawn(process.execPath, [program], {
    env: {
      PATH: process.env["PATH"],
      LUCID_DATA_PATH: folder,
      BLOCK_MANAGER_HOST: "127.0.0.1",
      BLOCK_MANAGER_PORT: "0",
      METRICS_PORT: "0",
      ...settings,
    },
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
  return { url, exit, lines, signal: (name) => void child.kill(name) };
};
