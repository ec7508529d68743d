import type { Server } from "node:http";
import { fastify, type FastifyInstance, type FastifyHttpOptions } from "fastify";
import { readBodies } from "./body-parsers.ts";
import { createBrokenRequestHandler } from "./broken-requests.ts";
import type { HttpOptions, HttpTimeouts } from "./contract.ts";
import type { Faults } from "./faults.ts";
import type { ErrorTable } from "./problem.ts";

const bodyLimitBytes = 256 * 1024;
const maxHeaderBytes = 16 * 1024;
const maxParamLength = 200;

/** Request ids that are unique over restarts and cost nothing. */
const createIds = (): (() => string) => {
  const prefix = Math.trunc(performance.timeOrigin).toString(36);
  let count = 0;
  return () => `${prefix}-${(count += 1).toString(36)}`;
};

/** Believes the proxy in front about who called it; of earlier hops it only passes on what its caller says. */
const nearestProxy = (_address: string, hop: number): boolean => hop === 0;

export type AppDeps = {
  readonly errors: ErrorTable;
  readonly faults: Faults;
};

/** A Fastify server that reads bodies strictly, gives up on slow callers and words every error our way. */
export const createApp = (
  { errors, faults }: AppDeps,
  options: HttpOptions,
  timeouts: HttpTimeouts,
): FastifyInstance => {
  const nextId = createIds();
  const settings: FastifyHttpOptions<Server> = {
    logger: false,
    genReqId: nextId,
    bodyLimit: options.bodyLimitBytes ?? bodyLimitBytes,
    trustProxy: options.trustProxy === true && nearestProxy,
    return503OnClosing: false,
    keepAliveTimeout: timeouts.idleMs,
    requestTimeout: timeouts.requestMs,
    connectionTimeout: timeouts.stalledMs,
    http: {
      headersTimeout: timeouts.headersMs,
      connectionsCheckingInterval: timeouts.checkMs,
      maxHeaderSize: maxHeaderBytes,
      // Node would answer without a body; admission says what is missing.
      requireHostHeader: false,
    },
    routerOptions: { maxParamLength },
    frameworkErrors: (error, request, reply) => void faults.answer(error, request, reply),
    clientErrorHandler: createBrokenRequestHandler(errors, nextId),
  };
  const app = fastify(settings);
  readBodies(app);
  app.decorateRequest("principal", null);
  app.decorateRequest("startedMs", 0);
  app.setErrorHandler((error, request, reply) => void faults.answer(error, request, reply));
  return app;
};
