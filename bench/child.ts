import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A server of the bench as a process of its own, so that server and load have a core each. */
export type Child = AsyncDisposable & {
  readonly port: number;
  readonly pid: number;
  readonly readyMs: number;
  /** Sends a message and waits for its answer. */
  ask<A>(message: unknown): Promise<A>;
};

type Ready = { readonly port: number };

/** Starts `bench/servers/<name>.ts`, which answers `{port}` when it listens. */
export async function startChild(name: string, args: readonly string[] = []): Promise<Child> {
  const began = performance.now();
  const child = fork(fileURLToPath(new URL(`servers/${name}.ts`, import.meta.url)), args, {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const { port } = await next<Ready>(child);
  return {
    port,
    pid: child.pid ?? -1,
    readyMs: performance.now() - began,
    ask: async (message) => {
      const answer = next<never>(child);
      child.send(message as object);
      return answer;
    },
    [Symbol.asyncDispose]: async () => {
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
  };
}

function next<M>(child: ChildProcess): Promise<M> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown): void => {
      child.off("exit", onExit);
      resolve(message as M);
    };
    const onExit = (code: number | null): void => {
      child.off("message", onMessage);
      reject(new Error(`a server of the bench ended with ${code}`));
    };
    child.once("message", onMessage);
    child.once("exit", onExit);
  });
}
