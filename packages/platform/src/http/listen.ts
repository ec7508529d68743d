import { lookup } from "node:dns/promises";
import { networkInterfaces } from "node:os";
import type { FastifyInstance } from "fastify";
import { systemClock as clock } from "../clock/index.ts";

const idleCheckMs = 50;

/** The service cannot listen; `message` is one line for the operator. */
export class HttpStartError extends Error {
  override readonly name = "HttpStartError";
  readonly code: "http.host" | "http.port_taken" | "http.listen";

  constructor(code: HttpStartError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Where to listen, and which settings said so. */
export type Place = {
  readonly host: string;
  readonly port: number;
  readonly names?: { readonly host: string; readonly port: string };
};

const everywhere = new Set(["0.0.0.0", "::"]);

const localAddresses = (): Set<string> =>
  new Set([
    ...everywhere,
    ...Object.values(networkInterfaces()).flatMap((list) =>
      (list ?? []).map(({ address }) => address),
    ),
  ]);

const isLocal = (address: string, local: ReadonlySet<string>): boolean =>
  local.has(address) || address.startsWith("127.") || address === "::1";

/** A bind address has to be one of this machine's; a name of another one is a common mistake in containers. */
const checkHost = async ({ host, names }: Required<Place>): Promise<void> => {
  const found = await lookup(host, { all: true }).catch(() => []);
  if (found.length === 0) {
    throw new HttpStartError(
      "http.host",
      `cannot listen on "${host}": no such host name here; set ${names.host} to 0.0.0.0 for all addresses of this machine or to 127.0.0.1 for itself only`,
    );
  }
  const local = localAddresses();
  const foreign = found.find(({ address }) => !isLocal(address, local));
  if (foreign === undefined) return;
  throw new HttpStartError(
    "http.host",
    `cannot listen on "${host}": it is ${foreign.address}, which is not an address of this machine; ${names.host} says where to listen (0.0.0.0 for everywhere), how others reach the service is a setting of its own`,
  );
};

const startError = (
  error: NodeJS.ErrnoException,
  { host, port, names }: Required<Place>,
): HttpStartError => {
  if (error.code === "EADDRINUSE") {
    const message = `port ${port} on ${host} is taken: stop the program that uses it, or set ${names.port} to another one`;
    return new HttpStartError("http.port_taken", message, { cause: error });
  }
  const hint = error.code === "EACCES" ? "; ports below 1024 need a privilege" : "";
  const message = `cannot listen on ${host}:${port} (${error.code ?? error.message})${hint}`;
  return new HttpStartError("http.listen", message, { cause: error });
};

/** Listens and says under which URL; port 0 takes a free one. Throws HttpStartError. */
export const listen = async (
  app: FastifyInstance,
  { host, port, names = { host: "the host", port: "the port" } }: Place,
): Promise<{ url: string; port: number }> => {
  await checkHost({ host, port, names });
  await app.ready();
  await app.listen({ host, port }).catch((error: NodeJS.ErrnoException) => {
    throw startError(error, { host, port, names });
  });
  const bound = app.server.address();
  const boundPort = typeof bound === "object" && bound !== null ? bound.port : port;
  const reachable = everywhere.has(host) ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return { url: `http://${reachable}:${boundPort}`, port: boundPort };
};

/** From now on every answer is the last one of its connection, so that callers open the next one elsewhere. */
export const closeWithAnswers = ({ server }: Pick<FastifyInstance, "server">): void => {
  server.prependListener("request", (_request, response) => {
    response.setHeader("connection", "close");
  });
};

/**
 * Stops listening and waits for requests in flight; a connection that falls idle is closed, and after
 * `graceMs` every connection is. Sockets live in real time, whatever the service takes for time.
 */
export const closeApp = async (app: FastifyInstance, graceMs: number): Promise<void> => {
  const done = new AbortController();
  const closed = app.close().finally(() => done.abort());
  const deadlineMs = clock.monotonic() + graceMs;
  while (!done.signal.aborted) {
    if (clock.monotonic() < deadlineMs) app.server.closeIdleConnections();
    else app.server.closeAllConnections();
    await clock.sleep(idleCheckMs, done.signal);
  }
  await closed;
};
