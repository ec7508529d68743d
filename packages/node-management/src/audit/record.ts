import { isAudited, type RouteDefinition } from "@lucid/api";
import { ApiProblem, type Http, isReply, type RequestContext } from "@lucid/platform/http";
import type { Audit, Ending } from "./service.ts";

type Context = RequestContext<RouteDefinition>;
type AnyHandler = (context: Context) => unknown;
type Trail = Pick<Audit, "begin" | "end">;

/**
 * The same HTTP service, whose changes leave a line in the audit trail: what was asked, and what the thing's own
 * operation showed before and after. Handlers know nothing of it; `audit` in packages/api says where to look.
 */
export const withAudit = (http: Http, trail: Trail): Http => {
  const handlers = new Map<string, AnyHandler>();
  return {
    ...http,
    route: (definition, handler) => {
      const route = definition as unknown as RouteDefinition;
      const plain = handler as unknown as AnyHandler;
      handlers.set(route.operationId, plain);
      const recorded = recordChanges({ route, handlers, trail }, plain);
      http.route(definition, isAudited(route) ? (recorded as unknown as typeof handler) : handler);
    },
  };
};

type Recording = {
  readonly route: RouteDefinition;
  readonly handlers: ReadonlyMap<string, AnyHandler>;
  readonly trail: Trail;
};

const recordChanges = (recording: Recording, handler: AnyHandler): AnyHandler => {
  const { route, trail } = recording;
  return async (context) => {
    const { principal, requestId, body: request } = context;
    if (principal === null) throw new Error(`${route.operationId} is open to anyone`);
    const before = await show(recording, context);
    const subject = subjectOf(route, context) ?? route.tag;
    const operation = route.operationId;
    const line = await trail.begin({ operation, subject, principal, requestId, request, before });
    const failed = async (error: unknown): Promise<never> => {
      await trail.end(line, { outcome: error instanceof ApiProblem ? error.code : "failed" });
      throw error;
    };
    const answer = await Promise.resolve(context).then(handler).catch(failed);
    await trail.end(line, await endingOf(recording, context, answer));
    return answer;
  };
};

const endingOf = async (
  recording: Recording,
  context: Context,
  answer: unknown,
): Promise<Ending> => {
  if (answer instanceof ApiProblem) return { outcome: answer.code };
  const body = isReply(answer) ? answer.body : answer;
  const after = (await show(recording, context).catch(() => undefined)) ?? body;
  return { outcome: "done", after, subject: subjectOf(recording.route, context, body) };
};

/** What the thing's own operation shows now; undefined where there is none, or nothing to show. */
const show = async ({ route, handlers }: Recording, context: Context): Promise<unknown> => {
  const { audit } = route;
  const reads = typeof audit === "object" ? audit.reads : undefined;
  if (reads === undefined) return undefined;
  const reader = handlers.get(reads);
  if (reader === undefined)
    throw new Error(`${route.operationId} is audited by ${reads}, which is not served`);
  const question = Object.assign(Object.create(context) as Context, { query: {}, body: undefined });
  const answer = await reader(question);
  if (answer instanceof ApiProblem) return undefined;
  return isReply(answer) ? answer.body : answer;
};

/** Which thing: the first path parameter, or the field that the route names, of the request or of the answer. */
const subjectOf = (
  route: RouteDefinition,
  { params, body }: Context,
  answer?: unknown,
): string | undefined => {
  const [parameter] = Object.values(params ?? {});
  if (parameter !== undefined) return textOf(parameter);
  const field = typeof route.audit === "object" ? route.audit.subject : undefined;
  if (field === undefined) return undefined;
  return textOf(fieldOf(body, field) ?? fieldOf(answer, field));
};

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" || typeof value === "number" ? String(value) : undefined;

const fieldOf = (value: unknown, field: string): unknown =>
  typeof value === "object" && value !== null
    ? (value as Record<string, unknown>)[field]
    : undefined;
