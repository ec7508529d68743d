import type { FastifyRequest } from "fastify";
import type { Principal } from "./context.ts";
import type { Authenticate, Authentication, RateLimits } from "./contract.ts";
import type { RouteDefinition } from "./definition.ts";
import { type Credential, credentialOf, isOwnPage } from "./credential.ts";
import { limitFor, type Limiter } from "./limits.ts";
import { ApiProblem } from "./problem.ts";

export type AccessDeps = {
  readonly authenticate: Authenticate;
  readonly limiter: Limiter;
  readonly limits: RateLimits;
  readonly trustProxy: boolean;
};

/** Decides whether a request may reach its handler; `null` means yes. */
export type Access = (request: FastifyRequest) => ApiProblem | null | Promise<ApiProblem | null>;

const unauthenticated = (code: string, detail: string, challenge: string): ApiProblem =>
  new ApiProblem(code, detail, { headers: { "www-authenticate": challenge } });

const overLimit = (seconds: number): ApiProblem =>
  new ApiProblem("limits.exceeded", `Too many requests: wait ${seconds} s, then go on slower.`, {
    retryAfter: seconds,
  });

const isPromise = (
  value: Authentication | Promise<Authentication>,
): value is Promise<Authentication> => value instanceof Promise;

/**
 * The budget of everybody who shows no valid token; by address only where a proxy tells the truth about it. Each rate
 * class has its own, so that a flood of reads keeps nobody from signing in.
 */
export const createAnonymousBudget =
  ({ limiter, limits, trustProxy }: AccessDeps, rate = "") =>
  (request: FastifyRequest): ApiProblem | null => {
    const key = `${rate}:${trustProxy ? `address:${request.ip}` : "anonymous"}`;
    const seconds = limiter.take(key, limits.anonymousByRate[rate] ?? limits.anonymous);
    return seconds === 0 ? null : overLimit(seconds);
  };

const malformed = {
  code: "access.unauthenticated",
  detail: 'The Authorization header has to be "Bearer <token>".',
} as const;

const foreignPage = (): ApiProblem =>
  new ApiProblem(
    "access.csrf",
    "A change that is asked for with the console's cookie needs its csrf_token in the header x-csrf-token.",
  );

const refuseRole = (principal: Principal, definition: RouteDefinition): ApiProblem =>
  new ApiProblem(
    "access.forbidden",
    `${definition.operationId} is for ${definition.roles.join(", ")}; this token has the roles ${principal.roles.join(", ") || "none"}.`,
  );

/** Builds the check of one operation: token, roles, rate. An operation open to anyone without a rate has none. */
export const createAccess = (deps: AccessDeps, definition: RouteDefinition): Access | null => {
  const { authenticate, limiter, limits } = deps;
  const open = definition.roles.includes("anyone");
  const limited = definition.rate !== "none";
  if (open && !limited) return null;
  const takeAnonymous = createAnonymousBudget(deps, definition.rate);

  const admit = (request: FastifyRequest, principal: Principal): ApiProblem | null => {
    if (!open && !principal.roles.some((role) => definition.roles.includes(role))) {
      return refuseRole(principal, definition);
    }
    const key = `${definition.rate ?? ""}:${principal.kind}:${principal.id}`;
    const seconds = limited ? limiter.take(key, limitFor(limits, principal, definition.rate)) : 0;
    if (seconds > 0) return overLimit(seconds);
    request.principal = principal;
    return null;
  };

  const refuse = (
    request: FastifyRequest,
    answer: Exclude<Authentication, { principal: Principal }>,
  ): ApiProblem => {
    const { code, detail } = answer;
    const refused = takeAnonymous(request);
    if (refused !== null) return refused;
    return answer.code === "service.unavailable"
      ? new ApiProblem(code, detail, { retryAfter: answer.retryAfter })
      : unauthenticated(code, detail, 'Bearer realm="lucid", error="invalid_token"');
  };

  const admitAnonymous = (request: FastifyRequest): ApiProblem | null => {
    const refused = takeAnonymous(request);
    if (refused !== null || open) return refused;
    const detail = `${definition.operationId} needs a token: sign in and send it as "Authorization: Bearer <token>".`;
    return unauthenticated("access.unauthenticated", detail, 'Bearer realm="lucid"');
  };

  /** A browser sends its cookie whether it counts or not: where no token is needed, one that does not count is none. */
  const settle = (
    request: FastifyRequest,
    { from }: Credential,
    answer: Authentication,
  ): ApiProblem | null => {
    if ("principal" in answer) return admit(request, answer.principal);
    return open && from === "cookie" ? admitAnonymous(request) : refuse(request, answer);
  };

  return (request) => {
    const credential = credentialOf(request);
    if (credential === null) return admitAnonymous(request);
    if (credential === "malformed") return refuse(request, malformed);
    if (credential.from === "cookie" && !isOwnPage(request, credential))
      return open ? admitAnonymous(request) : (takeAnonymous(request) ?? foreignPage());
    const answer = authenticate(credential.token);
    return isPromise(answer)
      ? answer.then((settled) => settle(request, credential, settled))
      : settle(request, credential, answer);
  };
};
