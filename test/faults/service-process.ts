import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../packages/node-management/src/main.ts", import.meta.url));

/** node-management as a process of its own. */
export type ServiceProcess = {
  readonly pid: number;
  /** Kills it as power loss would, and waits until it is gone. */
  kill(): Promise<void>;
  /** Asks it to stop and waits until it did; rejects when it did not stop in order. */
  stop(): Promise<void>;
};

/** Starts the service, from its sources or from a bundle, and resolves when it listens. Rejects with what it printed when it ends before that. */
export async function startService(
  settings: Readonly<Record<string, string>>,
  program: string = main,
): Promise<ServiceProcess> {
  const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn(process.execPath, [program, ...flags], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  await listening(child, exited);
  return {
    pid: child.pid ?? 0,
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
    stop: async () => {
      child.kill("SIGTERM");
      const [code] = await exited;
      if (code !== 0) throw new Error(`the service stopped with exit code ${code}`);
    },
  };
}

async function listening(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  const printed: string[] = [];
  const lines = createInterface({ input: child.stdout ?? process.stdin });
  const ready = new Promise<void>((resolve) => {
    lines.on("line", (line) => {
      printed.push(line);
      if ((JSON.parse(line) as { msg?: string }).msg === "listening") resolve();
    });
  });
  const ended = exited.then(() => {
    throw new Error(`the service ended before it listened:\n${printed.join("\n")}`);
  });
  await Promise.race([ready, ended]);
}
