import type { FastifyReply, FastifyRequest } from "fastify";
import { replyMark, type Reply } from "./context.ts";
import type { RouteDefinition } from "./definition.ts";
import type { Faults } from "./faults.ts";
import { alternativesOf, jsonType, mediaTypeOf } from "./media-type.ts";
import { ApiProblem } from "./problem.ts";
import type { Note } from "./request-notes.ts";

export type Answering = {
  /** Answers with what a handler returned. */
  send(answer: unknown, request: FastifyRequest, reply: FastifyReply): void;
  /** Answers with what was thrown. */
  fail(error: unknown, request: FastifyRequest, reply: FastifyReply): void;
};

/** Whether an answer was made by `context.reply`. */
export const isReply = (answer: unknown): answer is Reply =>
  typeof answer === "object" && answer !== null && replyMark in answer;

const successStatus = ({ response }: RouteDefinition): number =>
  [200, 201, 202, 204].find((status) => response[status] !== undefined) ?? 200;

/** The media type of an operation's bytes. */
const bytesType = ({ response }: RouteDefinition, status: number): string => {
  const schema = response[status];
  const types = schema === undefined ? [] : alternativesOf(schema).map(mediaTypeOf);
  return types.find((type) => type !== jsonType) ?? jsonType;
};

export const createAnswering = (
  definition: RouteDefinition,
  faults: Faults,
  note: Note,
): Answering => {
  const success = successStatus(definition);

  const fail: Answering["fail"] = (error, request, reply) => {
    note(faults.answer(error, request, reply), request);
  };
  const finish = (
    { status, body }: Pick<Reply, "status" | "body">,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void => {
    if (status !== 200) reply.code(status);
    if (body instanceof Uint8Array && !reply.hasHeader("content-type"))
      reply.header("content-type", bytesType(definition, status));
    reply.send(body);
    if (reply.statusCode === status) note(status, request); // else it could not be written, and fail noted that
  };
  return {
    fail,
    send: (answer, request, reply) => {
      if (reply.sent) return;
      if (answer instanceof ApiProblem) return fail(answer, request, reply);
      if (!isReply(answer)) return finish({ status: success, body: answer }, request, reply);
      if (answer.headers !== undefined) reply.headers({ ...answer.headers });
      return finish(answer, request, reply);
    },
  };
};
