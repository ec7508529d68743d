import type { FastifyRequest } from "fastify";
import { ApiProblem } from "./problem.ts";

const loopback = ["localhost", "127.0.0.1", "[::1]"];

const nameOf = (host: string): string => host.replace(/:[0-9]+$/, "").toLowerCase();

const malformed = (detail: string): ApiProblem => new ApiProblem("request.malformed", detail);

const hasTwo = (rawHeaders: readonly string[]): boolean =>
  rawHeaders.filter((text, i) => i % 2 === 0 && text.toLowerCase() === "host").length > 1;

/** Whom a request is for: a target that names a host counts more than the header. */
const authorityOf = ({ raw, host }: FastifyRequest): string =>
  /^https?:\/\/([^/?#]*)/i.exec(raw.url ?? "")?.[1] ?? host;

const notOurs = (host: string): ApiProblem =>
  new ApiProblem(
    "request.host",
    `This service does not answer to the host name ${JSON.stringify(host)}: use its own name, or add this one to TRUSTED_HOSTS.`,
  );

/**
 * Tells why a request is not for us, null when it is. Loopback names always are; without trusted hosts every name is.
 * A request says whom it is for exactly once (RFC 9112, section 3.2).
 */
export const createHostCheck = (
  trustedHosts: readonly string[],
): ((request: FastifyRequest) => ApiProblem | null) => {
  const names = new Set([...trustedHosts.map(nameOf), ...loopback]);
  return (request) => {
    const { headers, httpVersionMinor, rawHeaders } = request.raw;
    if (headers.host === undefined && httpVersionMinor > 0)
      return malformed("The Host header is missing: send the name of this service.");
    if (trustedHosts.length === 0) return null;
    if (hasTwo(rawHeaders)) return malformed("There are two Host headers: send one.");
    const host = authorityOf(request);
    return names.has(nameOf(host)) ? null : notOurs(host);
  };
};
