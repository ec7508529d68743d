import { connect, type Socket } from "node:net";

/** What an attacker sends, over and over: whole requests as bytes. */
export type Ammunition = readonly string[];

export type FloodReport = {
  /** Answers by status. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly answered: number;
  readonly seconds: number;
};

const pipelined = 64;
const status = /HTTP\/1\.1 (\d{3})/g;

/**
 * Many connections that each send as fast as answers come, many requests at a time, and open again when they are
 * closed, until the signal is aborted.
 */
export const flood = async (
  port: number,
  { ammunition, connections }: { ammunition: Ammunition; connections: number },
  signal: AbortSignal,
): Promise<FloodReport> => {
  const statuses: Record<string, number> = {};
  let answered = 0;
  let shot = 0;
  const volley = (): string =>
    Array.from({ length: pipelined }, () => ammunition[(shot += 1) % ammunition.length]).join("");

  const count = (text: string): number => {
    let seen = 0;
    for (const [, code = ""] of text.matchAll(status)) {
      statuses[code] = (statuses[code] ?? 0) + 1;
      seen += 1;
    }
    answered += seen;
    return seen;
  };

  /** One connection from its opening to its end. */
  const drive = (): Promise<void> =>
    new Promise((resolve) => {
      let waiting = 0;
      const socket: Socket = connect(port, "127.0.0.1");
      const send = (): void => {
        waiting += pipelined;
        socket.write(volley());
      };
      const stop = (): void => void socket.destroy();
      signal.addEventListener("abort", stop, { once: true });
      socket.on("connect", send);
      socket.on("data", (bytes: Buffer) => {
        waiting -= count(bytes.toString("latin1"));
        if (waiting <= 0) send();
      });
      socket.on("error", stop);
      socket.on("close", () => {
        signal.removeEventListener("abort", stop);
        resolve();
      });
    });

  const keepDriving = async (): Promise<void> => {
    while (!signal.aborted) await drive();
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: connections }, keepDriving));
  return { statuses, answered, seconds: (performance.now() - began) / 1000 };
};
