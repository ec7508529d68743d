import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createConnection, createServer, type AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

const isInstalled = (): boolean => {
  try {
    execFileSync("redis-server", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false; // it is not there: what needs it is skipped, and says so
  }
};

/** Whether Redis can be started here; CI does not go on without it. */
export const hasRedis = isInstalled();
if (!hasRedis && process.env["CI"] !== undefined)
  throw new Error("redis-server is not installed (apt-get install redis-server)");
if (!hasRedis) console.log("skipped: redis-server is not installed");

export type RedisServer = AsyncDisposable & {
  readonly url: string;
  /** SIGKILL; everything it knew is gone. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Has it hang (SIGSTOP), or wakes it (SIGCONT). */
  signal(signal: "SIGSTOP" | "SIGCONT"): void;
};

/** A Redis of our own on a port that stays the same, in memory only. */
export const startRedis = async (settings: readonly string[] = []): Promise<RedisServer> => {
  const port = await freePort();
  let child: ChildProcess | null = null;
  const start = async (): Promise<void> => {
    child = spawn(
      "redis-server",
      ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", ...settings],
      { stdio: "ignore", cwd: "/" },
    );
    while (!(await isListening(port))) await wait(20);
  };
  const kill = async (): Promise<void> => {
    if (child === null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
    child = null;
  };
  await start();
  const signal: RedisServer["signal"] = (name) => void child?.kill(name);
  const url = `redis://127.0.0.1:${port}`;
  return { url, start, kill, signal, [Symbol.asyncDispose]: kill };
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
};

const isListening = async (port: number): Promise<boolean> => {
  const socket = createConnection(port, "127.0.0.1");
  const opened = once(socket, "connect").then(
    () => true,
    () => false,
  );
  const answer = await opened;
  socket.destroy();
  return answer;
};
