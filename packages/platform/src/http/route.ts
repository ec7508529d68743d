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
import { connectionOf } from "./connection.ts";
import { replyMark, type Reply, type RequestContext } from "./context.ts";
import type { RouteDefinition } from "./definition.ts";
import type { Faults } from "./faults.ts";
import { ApiProblem } from "./problem.ts";
import type { RequestMetrics } from "./request-metrics.ts";
import { createValidator, type RequestPart } from "./validation.ts";

export type RouteDeps = {
  readonly app: FastifyInstance;
  readonly log: Log;
  readonly clock: Pick<Clock, "monotonic">;
  readonly admission: Admission;
  readonly faults: Faults;
  readonly requestMetrics: RequestMetrics;
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

const isReply = (answer: unknown): answer is Reply =>
  typeof answer === "object" && answer !== null && replyMark in answer;

const createReply: RequestContext<RouteDefinition>["reply"] = (status, body, headers) => ({
  [replyMark]: true,
  status,
  body,
  headers,
});

const createContext = (request: FastifyRequest, log: Log): RequestContext<RouteDefinition> => ({
  params: request.params as undefined,
  query: request.query as undefined,
  body: request.body as undefined,
  principal: request.principal,
  requestId: request.id,
  reply: createReply,
  get connection() {
    return connectionOf(request.raw.socket);
  },
  get log() {
    return log.child({ request_id: request.id });
  },
  get signal() {
    return request.signal;
  },
});

/** Runs before the body is read: host, headers, token, roles, limits. */
const createGate = (
  { admission, clock }: RouteDeps,
  access: Access | null,
  fail: FailRequest,
): onRequestHookHandler => {
  const settle = async (
    pending: Promise<ApiProblem | null>,
    ...[request, reply, done]: Parameters<onRequestHookHandler>
  ): Promise<void> => {
    const refused = await pending.catch((error: unknown) => error);
    if (refused === null) done();
    else fail(refused, request, reply);
  };
  return (request, reply, done) => {
    request.startedMs = clock.monotonic();
    const refused = admission(request, reply) ?? access?.(request) ?? null;
    if (refused === null) done();
    else if (refused instanceof ApiProblem) fail(refused, request, reply);
    else void settle(refused, request, reply, done);
  };
};

type FailRequest = (error: unknown, request: FastifyRequest, reply: FastifyReply) => void;

const successStatus = ({ response }: RouteDefinition): number =>
  [200, 201, 202, 204].find((status) => response[status] !== undefined) ?? 200;

const schemaOf = (definition: RouteDefinition): NonNullable<RouteOptions["schema"]> => ({
  ...(definition.params !== undefined && { params: definition.params }),
  querystring: definition.query ?? { type: "object", properties: {} },
  ...(definition.body !== undefined && { body: definition.body }),
  response: definition.response,
});

const partOf = (httpPart: string | undefined): RequestPart =>
  httpPart === "querystring" ? "query" : httpPart === "params" ? "params" : "body";

/** Registers one operation with Fastify. */
export const registerRoute = (
  deps: RouteDeps,
  { definition, access, handler, head }: Route,
): void => {
  const { app, log, faults, requestMetrics } = deps;
  const measure = requestMetrics.of(definition.operationId);
  const success = successStatus(definition);

  const fail: FailRequest = (error, request, reply) => {
    const status = faults.answer(error, request, reply);
    measure(status, request.startedMs);
  };
  const finish = (
    status: number,
    body: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void => {
    if (status !== 200) reply.code(status);
    reply.send(body);
    if (reply.statusCode === status) measure(status, request.startedMs); // else it could not be written, and fail counted it
  };
  const send = (answer: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    if (reply.sent) return;
    if (answer instanceof ApiProblem) return fail(answer, request, reply);
    if (!isReply(answer)) return finish(success, answer, request, reply);
    if (answer.headers !== undefined) reply.headers({ ...answer.headers });
    finish(answer.status, answer.body, request, reply);
  };
  const respond = (request: FastifyRequest, reply: FastifyReply): void => {
    try {
      const answer = handler(createContext(request, log) as never, reply);
      if (answer instanceof Promise) {
        answer
          .then((body: unknown) => send(body, request, reply))
          .catch((error: unknown) => fail(error, request, reply));
      } else send(answer, request, reply);
    } catch (error) {
      fail(error, request, reply);
    }
  };

  app.route({
    method: definition.method,
    url: definition.path,
    schema: schemaOf(definition),
    validatorCompiler: ({ schema, httpPart }) => createValidator(schema as never, partOf(httpPart)),
    ...(definition.bodyLimit !== undefined && { bodyLimit: definition.bodyLimit }),
    exposeHeadRoute: head,
    onRequest: createGate(deps, access, fail),
    errorHandler: fail,
    handler: respond,
  });
};
