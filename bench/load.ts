import { connect, type Socket } from "node:net";

/** The answer to a load: how many requests a second, which statuses, and how long each took. */
export type LoadResult = {
  readonly requests: number;
  readonly perSecond: number;
  readonly statuses: Readonly<Record<number, number>>;
  readonly p50Ms: number;
  readonly p99Ms: number;
};

/** One HTTP/1.1 keep-alive request as bytes. */
export function toRequest(method: string, path: string, body?: string): Buffer {
  const head = `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n`;
  if (body === undefined) return Buffer.from(`${head}\r\n`);
  const length = Buffer.byteLength(body);
  return Buffer.from(
    `${head}content-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body}`,
  );
}

/**
 * Sends every request once over `connections` keep-alive connections, one at a time on each.
 * Own sockets rather than a library: the generator has one core and must outrun the server on the other.
 */
export async function load(
  port: number,
  requests: readonly Buffer[],
  connections: number,
): Promise<LoadResult> {
  const latencies = new Float64Array(requests.length);
  const statuses: Record<number, number> = {};
  let next = 0;
  let done = 0;
  const began = performance.now();

  const drive = (socket: Socket): Promise<void> =>
    new Promise((resolve, reject) => {
      let sentAt = 0;
      let current = -1;
      let pending = "";
      const send = (): void => {
        const request = requests[next];
        if (request === undefined) {
          socket.end();
          return resolve();
        }
        current = next++;
        sentAt = performance.now();
        socket.write(request);
      };
      socket.on("data", (chunk: Buffer) => {
        pending += chunk.toString("latin1");
        const end = pending.indexOf("\r\n\r\n");
        if (end === -1) return;
        const length = Number(/content-length: (\d+)/i.exec(pending)?.[1] ?? 0);
        if (pending.length < end + 4 + length) return;
        const status = Number(pending.slice(9, 12));
        statuses[status] = (statuses[status] ?? 0) + 1;
        latencies[current] = performance.now() - sentAt;
        done += 1;
        pending = "";
        send();
      });
      socket.on("error", reject);
      socket.on("close", () => resolve());
      send();
    });

  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  await Promise.all(sockets.map(drive));
  const seconds = (performance.now() - began) / 1000;
  if (done !== requests.length) throw new Error(`${requests.length - done} requests got no answer`);
  latencies.sort();
  const at = (share: number): number => latencies[Math.floor((latencies.length - 1) * share)] ?? 0;
  return { requests: done, perSecond: done / seconds, statuses, p50Ms: at(0.5), p99Ms: at(0.99) };
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    socket.once("connect", () => resolve(socket));
    socket.once("error", reject);
  });
}
