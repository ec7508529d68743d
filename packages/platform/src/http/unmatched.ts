import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { preflightHeaders, type Admission } from "./admission.ts";
import type { RouteDefinition } from "./definition.ts";
import type { Faults } from "./faults.ts";
import { ApiProblem } from "./problem.ts";

export type UnmatchedDeps = {
  readonly app: FastifyInstance;
  readonly admission: Admission;
  readonly faults: Faults;
  readonly budget: (request: FastifyRequest) => ApiProblem | null;
};

const allMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] as const;

const shapeOf = (path: string): string => path.replaceAll(/:[^/]+/g, ":");

const methodsOf = (definitions: readonly RouteDefinition[], headless: boolean): string[] => {
  const methods = new Set<string>(definitions.map(({ method }) => method));
  if (methods.has("GET") && !headless) methods.add("HEAD");
  return [...methods];
};

/** Answers the methods that a path does not have: 405 with Allow, and OPTIONS for browsers. */
export const registerOtherMethods = (
  { app, admission, faults, budget }: UnmatchedDeps,
  definitions: readonly RouteDefinition[],
  isHeadless: (definition: RouteDefinition) => boolean,
): void => {
  for (const group of Map.groupBy(definitions, ({ path }) => shapeOf(path)).values()) {
    const url = group[0]?.path ?? "/";
    const methods = methodsOf(group, group.some(isHeadless));
    const allow = [...methods, "OPTIONS"].join(", ");
    const refuse = (request: FastifyRequest): ApiProblem =>
      new ApiProblem("request.method", `${url} does not take ${request.method}: use ${allow}.`, {
        headers: { allow },
      });
    app.route({
      method: allMethods.filter((method) => !methods.includes(method)),
      url,
      onRequest: (request, reply) =>
        void faults.answer(
          admission(request, reply) ?? budget(request) ?? refuse(request),
          request,
          reply,
        ),
      handler: () => undefined,
    });
    app.route({
      method: "OPTIONS",
      url,
      onRequest: (request, reply) => {
        const refused = admission(request, reply);
        if (refused !== null) faults.answer(refused, request, reply);
        else
          reply
            .headers({ allow, ...preflightHeaders(allow) })
            .code(204)
            .send();
      },
      handler: () => undefined,
    });
  }
};

export type Fallback = (request: FastifyRequest, reply: FastifyReply) => boolean;

/** Answers paths that nobody serves; `fallback` may take the request first. Who opens the bare address reads about the API. */
export const registerNotFound = (
  { app, admission, faults, budget }: UnmatchedDeps,
  fallback: Fallback,
): void => {
  app.setNotFoundHandler((request, reply) => {
    const refused = admission(request, reply);
    if (refused === null && fallback(request, reply)) return;
    if (refused === null && request.method === "GET" && request.url === "/") {
      reply.redirect("/docs", 303);
      return;
    }
    const missing = new ApiProblem(
      "request.not_found",
      `There is nothing at ${request.method} ${request.url.slice(0, 200)}: see /docs for what there is.`,
    );
    faults.answer(refused ?? budget(request) ?? missing, request, reply);
  });
};
