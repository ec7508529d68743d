import { type RequestOptions, request } from "node:http";

const TIMEOUT_MS = 4000;

/** Where a program answers: a port of this machine, or a Unix socket. */
export type HealthPlace =
  | { readonly host: string; readonly port: number }
  | { readonly socketPath: string };

/** Asks a program of this machine for `path`; whether it answered 200 in time. What goes wrong on the way is a no. */
export const isHealthy = (
  place: HealthPlace,
  path = "/health",
  timeoutMs = TIMEOUT_MS,
): Promise<boolean> =>
  new Promise((resolve) => {
    const asked = request({
      ...targetOf(place),
      path,
      agent: false,
      headers: { host: "localhost" },
      signal: AbortSignal.timeout(timeoutMs),
    });
    asked.on("error", () => resolve(false));
    asked.on("response", (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.end();
  });

/** A program that listens everywhere is asked over loopback. */
const targetOf = (place: HealthPlace): RequestOptions => {
  if ("socketPath" in place) return place;
  const { host, port } = place;
  if (host === "0.0.0.0") return { host: "127.0.0.1", port };
  return { host: host === "::" ? "::1" : host, port };
};
