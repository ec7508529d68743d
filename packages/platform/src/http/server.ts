import { createAccess, createAnonymousBudget, type AccessDeps } from "./access.ts";
import { createAdmission } from "./admission.ts";
import { createApp } from "./app.ts";
import type { Http, HttpDeps, HttpOptions, HttpTimeouts } from "./contract.ts";
import type { RouteDefinition } from "./definition.ts";
import { registerDocuments } from "./documents.ts";
import { createFaults } from "./faults.ts";
import { registerFiles } from "./files.ts";
import { answerReady, createReaders, healthDefinition, readyDefinition } from "./health.ts";
import { createLimiter, defaultLimits } from "./limits.ts";
import { closeApp, closeWithAnswers, listen } from "./listen.ts";
import { openApiDocument } from "./openapi.ts";
import { checkErrorTable } from "./problem.ts";
import { createRequestNotes } from "./request-notes.ts";
import { registerRoute, type AnyHandler, type RouteDeps } from "./route.ts";
import { createStreamHandler, createStreams } from "./stream.ts";
import { registerNotFound, registerOtherMethods, type Fallback } from "./unmatched.ts";

const defaultTimeouts: HttpTimeouts = {
  headersMs: 10_000,
  requestMs: 20_000,
  checkMs: 2_000,
  idleMs: 70_000,
  stalledMs: 120_000,
  closeMs: 10_000,
};
/** Strangers leave room for those who look after the network. */
const streamLimits = { all: 200, strangers: 150, each: 10 };

const checkErrors = (
  { operationId, errors }: RouteDefinition,
  { errors: table }: HttpDeps,
): void => {
  const unknown = errors.filter((code) => table[code] === undefined);
  if (unknown.length > 0)
    throw new Error(`${operationId}: ${unknown.join(", ")} not in the error table`);
};

const createAccessDeps = (deps: HttpDeps, options: HttpOptions): AccessDeps => ({
  authenticate: deps.authenticate,
  limiter: createLimiter(deps),
  limits: { ...defaultLimits, ...options.limits },
  trustProxy: options.trustProxy ?? false,
});

/** An HTTP service: operations from their definitions, readiness, documents, events and pages. */
export const createHttp = (deps: HttpDeps, options: HttpOptions): Http => {
  checkErrorTable(deps.errors);
  const { log, clock, errors } = deps;
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const faults = createFaults(log, errors);
  const app = createApp({ errors, faults }, options, timeouts);
  const { trustedHosts = [], corsOrigins = [] } = options;
  const admission = createAdmission({ trustedHosts, corsOrigins });
  const accessDeps = createAccessDeps(deps, options);
  const notes = createRequestNotes(deps);
  const routeDeps: RouteDeps = { app, log, clock, admission, faults, notes };
  const readers = createReaders(clock);
  const streams = createStreams(clock, streamLimits);
  const definitions: RouteDefinition[] = [];
  const streaming = new Set<RouteDefinition>();
  let fallback: Fallback = () => false;

  const add = (definition: RouteDefinition, handler: AnyHandler, head = true): void => {
    checkErrors(definition, deps);
    definitions.push(definition);
    const access = createAccess(accessDeps, definition);
    registerRoute(routeDeps, { definition, access, handler, head });
  };
  const document = (): object => openApiDocument(definitions, options.info, errors);

  const finishRoutes = (): void => {
    const budget = createAnonymousBudget(accessDeps);
    const unmatched = { app, admission, faults, budget };
    registerDocuments(unmatched, document, { definitions, info: options.info, errors });
    registerOtherMethods(unmatched, definitions, (definition) => streaming.has(definition));
    registerNotFound(unmatched, (request, reply) => fallback(request, reply));
  };

  const close = async (): Promise<void> => {
    streams.closeAll();
    await closeApp(app, timeouts.closeMs);
  };

  add(healthDefinition, () => ({ status: "up" }));
  add(readyDefinition, () => answerReady(readers));

  return {
    route: (definition, handler) => add(definition, handler),
    events: (definition, open) => {
      streaming.add(definition);
      add(definition, createStreamHandler(streams, open), false);
    },
    ready: (name, check) => readers.add(name, check),
    files: ({ directory }) => {
      fallback = registerFiles(app, directory, (request, reply, done) => {
        const refused = admission(request, reply);
        if (refused === null) done();
        else faults.answer(refused, request, reply);
      });
    },
    document,
    listen: async (address) => {
      finishRoutes();
      return listen(app, address);
    },
    leave: () => {
      readers.add("stopping", () => ({ ok: false, detail: "this process was told to stop" }));
      closeWithAnswers(app);
    },
    [Symbol.asyncDispose]: close,
  };
};
