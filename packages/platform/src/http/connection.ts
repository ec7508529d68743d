import type { Socket } from "node:net";
import type { Connection } from "./context.ts";

const connections = new WeakMap<Socket, Connection>();

/** The counters of the TCP connection that a request came over; they live as long as the connection. */
export const connectionOf = (socket: Socket): Connection => {
  const known = connections.get(socket);
  if (known !== undefined) return known;
  const fresh: Connection = { failures: 0 };
  connections.set(socket, fresh);
  return fresh;
};
