import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  onRequestHookHandler,
  RouteOptions,
} from "fastify";
import type { Clock } from "../clock/index.ts";
import type { Log } from "../log/index.ts";
import type { Access } from "./access.ts";
import type { Admission } from "./admission.ts";
import { createAnswering, type Answering } from "./answering.ts";
import type { RouteDefinition } from "./definition.ts";
import type { Faults } from "./faults.ts";
import { alternativesOf, jsonType, mediaTypeOf } from "./media-type.ts";
import { ApiProblem } from "./problem.ts";
import { createContext } from "./request-context.ts";
import type { RequestNotes } from "./request-notes.ts";
import { createValidator, type RequestPart } from "./validation.ts";

export type RouteDeps = {
  readonly app: FastifyInstance;
  readonly log: Log;
  readonly clock: Pick<Clock, "monotonic">;
  readonly admission: Admission;
  readonly faults: Faults;
  readonly notes: RequestNotes;
};

/** A handler of any operation; one that takes the reply over (hijacks it) has answered. */
export type AnyHandler = (context: never, reply: FastifyReply) => unknown;

export type Route = {
  readonly definition: RouteDefinition;
  readonly access: Access | null;
  readonly handler: AnyHandler;
  /** False for streams, whose headers cannot be had without opening one. */
  readonly head: boolean;
};

/** Runs before the body is read: host, headers, token, roles, limits. */
const createGate = (
  { admission, clock }: RouteDeps,
  { definition, access }: Route,
  answering: Answering,
): onRequestHookHandler => {
  const settle = async (
    pending: Promise<ApiProblem | null>,
    ...[request, reply, done]: Parameters<onRequestHookHandler>
  ): Promise<void> => {
    const refused = await pending.catch((error: unknown) => error);
    if (refused === null) done();
    else answering.fail(refused, request, reply);
  };
  const traced = definition.rate !== "none"; // the hot path spares the bytes
  return (request, reply, done) => {
    request.startedMs = clock.monotonic();
    if (traced) reply.header("x-request-id", request.id);
    const refused = admission(request, reply) ?? access?.(request) ?? null;
    if (refused === null) done();
    else if (refused instanceof ApiProblem) answering.fail(refused, request, reply);
    else void settle(refused, request, reply, done);
  };
};

/** What Fastify may write as JSON; bytes are sent as they are. */
const jsonOf = (response: RouteDefinition["response"]): RouteDefinition["response"] =>
  Object.fromEntries(
    Object.entries(response).flatMap(([status, schema]) => {
      const json = alternativesOf(schema).find((one) => mediaTypeOf(one) === jsonType);
      return json === undefined ? [] : [[status, json]];
    }),
  );

const schemaOf = (definition: RouteDefinition): NonNullable<RouteOptions["schema"]> => ({
  ...(definition.params !== undefined && { params: definition.params }),
  querystring: definition.query ?? {},
  ...(definition.body !== undefined && { body: definition.body }),
  response: jsonOf(definition.response),
});

const partOf = (httpPart: string | undefined): RequestPart =>
  httpPart === "querystring" ? "query" : httpPart === "params" ? "params" : "body";

/** Registers one operation with Fastify. */
export const registerRoute = (deps: RouteDeps, route: Route): void => {
  const { definition, handler, head } = route;
  const { app, log, faults, notes } = deps;
  const answering = createAnswering(definition, faults, notes.of(definition));

  const respond = (request: FastifyRequest, reply: FastifyReply): void => {
    try {
      const answer = handler(createContext(request, log) as never, reply);
      if (answer instanceof Promise) {
        answer
          .then((body: unknown) => answering.send(body, request, reply))
          .catch((error: unknown) => answering.fail(error, request, reply));
      } else answering.send(answer, request, reply);
    } catch (error) {
      answering.fail(error, request, reply);
    }
  };

  app.route({
    method: definition.method,
    url: definition.path,
    schema: schemaOf(definition),
    validatorCompiler: ({ schema, httpPart }) => createValidator(schema as never, partOf(httpPart)),
    ...(definition.bodyLimit !== undefined && { bodyLimit: definition.bodyLimit }),
    exposeHeadRoute: head,
    onRequest: createGate(deps, route, answering),
    errorHandler: (error, request, reply) => answering.fail(error, request, reply),
    handler: respond,
  });
};
