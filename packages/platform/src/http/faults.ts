import type { FastifyReply, FastifyRequest } from "fastify";
import type { Log } from "../log/index.ts";
import { wantedType } from "./body-parsers.ts";
import { wrongMediaType } from "./media-type.ts";
import { ApiProblem, problemToBody, type ErrorTable } from "./problem.ts";

const problemType = "application/problem+json; charset=utf-8";

type Translation = (request: FastifyRequest) => readonly [code: string, detail: string];

/** Fastify's own errors, by code, in the words of our table. */
const translations: Readonly<Record<string, Translation>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ({ routeOptions }) => [
    "request.too_large",
    `The body is larger than the ${routeOptions.bodyLimit} bytes that are read: send less at a time.`,
  ],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: (request) => {
    const { code, message } = wrongMediaType(wantedType(request));
    return [code, message];
  },
  // Only the method QUERY has to have a content type (RFC 10008, section 2), and no operation takes it.
  FST_ERR_ROUTE_MISSING_CONTENT_TYPE: ({ method, url }) => [
    "request.not_found",
    `There is nothing at ${method} ${url.slice(0, 200)}: see /docs for what there is.`,
  ],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => [
    "request.malformed",
    "The body is not as long as Content-Length says: send all of it.",
  ],
  FST_ERR_BAD_URL: () => [
    "request.malformed",
    "The path holds an escape that cannot be decoded: check the % signs.",
  ],
  FST_ERR_MAX_PARAM_LENGTH: () => [
    "request.malformed",
    "A part of the path is too long: check it.",
  ],
};

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

/** What the caller is told about an error; null when it is a fault of ours. */
const errorToProblem = (error: unknown, request: FastifyRequest): ApiProblem | null => {
  if (error instanceof ApiProblem) return error;
  if (error !== null && error === request.raw.errored) {
    return new ApiProblem("request.malformed", "The body was cut off: send all of it.");
  }
  const translated = translations[codeOf(error)]?.(request);
  return translated === undefined ? null : new ApiProblem(...translated);
};

export type Faults = {
  /** Answers with what the error means to the caller; logs it when it is ours. Returns the status. */
  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): number;
};

export const createFaults = (log: Log, table: ErrorTable): Faults => {
  const internal = (error: unknown, request: FastifyRequest): ApiProblem => {
    log.error(
      { err: error, request_id: request.id, operation: request.routeOptions.url },
      "request failed",
    );
    return new ApiProblem(
      "internal",
      `Something broke on our side: tell the operator the request id ${request.id}.`,
    );
  };
  const known = (error: unknown, request: FastifyRequest): ApiProblem | null => {
    const problem = errorToProblem(error, request);
    return problem !== null && table[problem.code] !== undefined ? problem : null;
  };
  return {
    answer: (error, request, reply) => {
      const problem = known(error, request) ?? internal(error, request);
      const body = problemToBody(table, problem, request.id);
      const { retryAfter, headers } = problem.extras;
      if (retryAfter !== undefined) reply.header("retry-after", String(Math.ceil(retryAfter)));
      if (headers !== undefined) reply.headers({ ...headers });
      reply.code(body.status).header("content-type", problemType).send(JSON.stringify(body));
      return body.status;
    },
  };
};
