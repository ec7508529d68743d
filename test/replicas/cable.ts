import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A connection between a replica and its store that can be cut: nothing arrives any more, and nothing is refused. */
export type Cable = AsyncDisposable & {
  /** host:port */
  readonly address: string;
  cut(): void;
  mend(): void;
};

export const layCable = async (target: string): Promise<Cable> => {
  const [host = "", port = "27017"] = target.split(":");
  const sockets = new Set<Socket>();
  let isCut = false;

  const carry = (from: Socket, to: Socket): void => {
    sockets.add(from);
    from.on("data", (chunk: Buffer) => void (isCut || to.write(chunk)));
    from.on("error", () => from.destroy());
    from.on("close", () => {
      sockets.delete(from);
      to.destroy();
    });
  };
  const server = createServer((client) => {
    const upstream = connect(Number(port), host);
    carry(client, upstream);
    carry(upstream, client);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true;
    },
    // What was lost in between breaks every connection that was open.
    mend: () => {
      isCut = false;
      for (const socket of sockets) socket.destroy();
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
};
