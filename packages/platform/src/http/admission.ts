import type { FastifyReply, FastifyRequest } from "fastify";
import { ApiProblem } from "./problem.ts";

export type AdmissionOptions = {
  readonly trustedHosts: readonly string[];
  readonly corsOrigins: readonly string[];
};

/** Lets a request in, or returns why not. Sets the headers that every answer carries. */
export type Admission = (request: FastifyRequest, reply: FastifyReply) => ApiProblem | null;

const loopback = ["localhost", "127.0.0.1", "[::1]"];
const exposedHeaders = "retry-after, allow, x-request-id";

/** For answers that are data and never pages (OWASP REST Security Cheat Sheet, security headers). */
const dataHeaders = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
};

const nameOf = (host: string): string => host.replace(/:[0-9]+$/, "").toLowerCase();

const createHostCheck = (trustedHosts: readonly string[]): ((host: string) => boolean) => {
  if (trustedHosts.length === 0) return () => true;
  const names = new Set([...trustedHosts.map(nameOf), ...loopback]);
  return (host) => names.has(nameOf(host));
};

export const createAdmission = (options: AdmissionOptions): Admission => {
  const isTrusted = createHostCheck(options.trustedHosts);
  const origins = new Set(options.corsOrigins);
  return (request, reply) => {
    reply.headers(dataHeaders);
    const { origin } = request.headers;
    if (origin !== undefined && origins.has(origin)) {
      reply.headers({
        "access-control-allow-origin": origin,
        "access-control-expose-headers": exposedHeaders,
      });
    }
    if (origins.size > 0) reply.header("vary", "Origin");
    if (isTrusted(request.host)) return null;
    return new ApiProblem(
      "request.host",
      `This service does not answer to the host name ${JSON.stringify(request.host)}: use its own name, or add this one to TRUSTED_HOSTS.`,
    );
  };
};

/** What a browser asks before it sends a request from another origin (Fetch standard, CORS preflight). */
export const preflightHeaders = (methods: string): Record<string, string> => ({
  "access-control-allow-methods": methods,
  "access-control-allow-headers": "authorization, content-type",
  "access-control-max-age": "600",
});
