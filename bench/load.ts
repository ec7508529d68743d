import { connect, type Socket } from "node:net";
import type { Child } from "./child.ts";
import { readCpuMs } from "./measure.ts";

/** The answers to a load: how many requests a second, which statuses, and how long they took. */
export type LoadResult = {
  readonly requests: number;
  readonly perSecond: number;
  readonly statuses: Readonly<Record<number, number>>;
  readonly p50Ms: number;
  readonly p99Ms: number;
};

export type Load = AsyncDisposable & {
  /** Sends every request once, one at a time on each connection. */
  run(requests: readonly Buffer[]): Promise<LoadResult>;
};

/** A load with the processor time that it took the server. */
export type Round = LoadResult & { readonly cpuMs: number };

const ROUND_CONNECTIONS = 100;

/**
 * Sends every request once, on connections of their own: a service does not wait long for the first request of one.
 * Throws unless each is answered with 200.
 */
export async function sendAll(
  { port, pid }: Pick<Child, "port" | "pid">,
  requests: readonly Buffer[],
): Promise<Round> {
  await using load = await openLoad(port, ROUND_CONNECTIONS);
  const before = readCpuMs(pid);
  const result = await load.run(requests);
  if (result.statuses[200] !== result.requests)
    throw new Error(`not every answer was 200: ${JSON.stringify(result.statuses)}`);
  return { ...result, cpuMs: readCpuMs(pid) - before };
}

/** One HTTP/1.1 keep-alive request as bytes. */
export function toRequest(method: string, path: string, body?: string): Buffer {
  const head = `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n`;
  if (body === undefined) return Buffer.from(`${head}\r\n`);
  return Buffer.from(
    `${head}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/**
 * Keep-alive connections to a server on this machine. Own sockets rather than a library: each request is a different
 * one, and the generator has one core with which to outrun the server on the other.
 */
export async function openLoad(port: number, connections: number): Promise<Load> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  return {
    run: async (requests) => {
      const latencies = new Float64Array(requests.length);
      const statuses: Record<number, number> = {};
      let next = 0;
      const began = performance.now();
      const drive = async (socket: Socket): Promise<void> => {
        for (let current = next++; current < requests.length; current = next++) {
          const sentAt = performance.now();
          const status = await exchange(socket, requests[current] as Buffer);
          latencies[current] = performance.now() - sentAt;
          statuses[status] = (statuses[status] ?? 0) + 1;
        }
      };
      await Promise.all(sockets.map(drive));
      const seconds = (performance.now() - began) / 1000;
      latencies.sort();
      const at = (share: number) => latencies[Math.floor((latencies.length - 1) * share)] ?? 0;
      return {
        requests: requests.length,
        perSecond: requests.length / seconds,
        statuses,
        p50Ms: at(0.5),
        p99Ms: at(0.99),
      };
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** One request and its whole answer; resolves with the status. */
function exchange(socket: Socket, request: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    let received = "";
    const onData = (chunk: Buffer): void => {
      received += chunk.toString("latin1");
      const end = received.indexOf("\r\n\r\n");
      if (end === -1) return;
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0);
      if (received.length < end + 4 + length) return;
      leave();
      resolve(Number(received.slice(9, 12)));
    };
    const onClose = (): void => {
      leave();
      reject(new Error("the server closed a connection in the middle of an exchange"));
    };
    const leave = (): void => {
      socket.off("data", onData);
      socket.off("close", onClose);
    };
    socket.on("data", onData);
    socket.on("close", onClose);
    socket.write(request);
  });
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    socket.once("connect", () => resolve(socket));
    socket.once("error", reject);
  });
}
