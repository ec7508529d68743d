import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, onRequestHookHandler } from "fastify";
import type { Fallback } from "./unmatched.ts";

/** Nothing inline and nothing from elsewhere (CSP level 3). */
const pageHeaders = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Names that a bundler made from the content: they never change. */
const isHashed = (path: string): boolean => /[.-][A-Za-z0-9_-]{8,}\.[a-z0-9]+$/.test(path);

const cacheOf = (path: string): string =>
  isHashed(path) ? "public, max-age=31536000, immutable" : "no-cache";

const wantsPage = (method: string, url: string, accept: string): boolean =>
  (method === "GET" || method === "HEAD") &&
  !url.startsWith("/api/") &&
  accept.includes("text/html");

/**
 * Serves the files of a folder as they are when the service starts. The result answers other paths
 * that want a page with index.html, whose script then looks at the path.
 */
export const registerFiles = (
  app: FastifyInstance,
  directory: string,
  gate: onRequestHookHandler,
): Fallback => {
  const root = resolve(directory);
  if (!existsSync(join(root, "index.html"))) {
    throw new Error(`${root} has no index.html: build the pages first`);
  }
  const index = readFileSync(join(root, "index.html"), "utf8");
  app.register(async (scope) => {
    scope.addHook("onRequest", gate);
    await scope.register(fastifyStatic, {
      root,
      wildcard: false,
      cacheControl: false,
      setHeaders: (reply, path) =>
        void reply.headers({ ...pageHeaders, "cache-control": cacheOf(path) }),
    });
  });
  return (request, reply) => {
    if (!wantsPage(request.method, request.url, request.headers.accept ?? "")) return false;
    reply.headers({ ...pageHeaders, "cache-control": "no-cache" });
    reply.header("content-type", "text/html; charset=utf-8").send(index);
    return true;
  };
};
