import type { FastifyReply, FastifyRequest } from "fastify";
import { createHostCheck } from "./hosts.ts";
import type { ApiProblem } from "./problem.ts";

export type AdmissionOptions = {
  readonly trustedHosts: readonly string[];
  readonly corsOrigins: readonly string[];
};

/** Lets a request in, or returns why not. Sets the headers that every answer carries. */
export type Admission = (request: FastifyRequest, reply: FastifyReply) => ApiProblem | null;

const exposedHeaders = "retry-after, allow, x-request-id";

/** For answers that are data and never pages (OWASP REST Security Cheat Sheet, security headers). */
const dataHeaders = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
};

export const createAdmission = (options: AdmissionOptions): Admission => {
  const checkHost = createHostCheck(options.trustedHosts);
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
    return checkHost(request);
  };
};

/** What a browser asks before it sends a request from another origin (Fetch standard, CORS preflight). */
export const preflightHeaders = (methods: string): Record<string, string> => ({
  "access-control-allow-methods": methods,
  "access-control-allow-headers": "authorization, content-type",
  "access-control-max-age": "600",
});
