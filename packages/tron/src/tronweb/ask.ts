import { Compile } from "typebox/compile";
import type { Static, TSchema } from "typebox";
import type { Reading } from "../port.ts";
import type { HttpProvider } from "./provider.ts";

export type Question<T extends TSchema> = {
  path: string;
  payload?: Record<string, unknown>;
  reply: Reply<T>;
  /** `post` where nothing else is said. */
  method?: "get" | "post";
};
export type Reply<T extends TSchema> = {
  name: string;
  isReply: (value: unknown) => value is Static<T>;
};
export type Failure = Extract<Reading<never>, { ok: false }>;

export function known<T>(value: T): Reading<T> {
  return { ok: true, value };
}

export function unknown(reason: string): Failure {
  return { ok: false, code: "unknown", reason };
}

/** Names the one shape that is accepted as an answer. */
export function defineReply<T extends TSchema>(name: string, schema: T): Reply<T> {
  const compiled = Compile(schema);
  return { name, isReply: (value): value is Static<T> => compiled.Check(value) };
}

/** Asks a node once. Anything but a reply of the stated shape becomes `unknown` or `unreachable` with a reason. */
export async function ask<T extends TSchema>(
  provider: HttpProvider,
  question: Question<T>,
): Promise<Reading<Static<T>>> {
  let answer: unknown;
  try {
    answer = await provider.request(
      question.path,
      question.payload ?? {},
      question.method ?? "post",
    );
  } catch (error) {
    return failureOf(error, question.path);
  }
  const nodeError = errorField(answer);
  if (nodeError !== null) return unknown(`${question.path}: the node answered Error: ${nodeError}`);
  if (!question.reply.isReply(answer)) {
    return unknown(`${question.path}: not a ${question.reply.name}: ${excerpt(answer)}`);
  }
  return known(answer);
}

/** How TronGrid refuses a key and says that its limit is used up: https://developers.tron.network/reference/rate-limits */
const HINTS: Readonly<Record<number, string>> = {
  401: ", which says that TRON_API_KEY is wrong",
  403: ", which says that TRON_API_KEY is missing, wrong or used up",
  429: ", which says that too much is asked with this TRON_API_KEY",
};

/** A node that answered something else is `unknown`; one that did not answer, or asks to come back later, is `unreachable`. */
export function failureOf(error: unknown, path: string): Failure {
  const { status, code, message } = describe(error);
  if (status !== null) {
    const busy = status === 429 || status >= 500;
    return {
      ok: false,
      code: busy ? "unreachable" : "unknown",
      reason: `${path}: HTTP status ${status}${HINTS[status] ?? ""}`,
    };
  }
  if (code === "ERR_BAD_RESPONSE") return unknown(`${path}: ${message}`);
  const reason =
    code === "ERR_CANCELED" || code === "ECONNABORTED"
      ? "no complete answer in time"
      : `${code} ${message}`;
  return { ok: false, code: "unreachable", reason: `${path}: ${reason.trim()}` };
}

function describe(error: unknown): { status: number | null; code: string; message: string } {
  if (!(error instanceof Error)) return { status: null, code: "", message: String(error) };
  const { response, code } = error as { response?: { status?: number }; code?: string };
  return { status: response?.status ?? null, code: code ?? "", message: error.message };
}

/** java-tron reports faults as {"Error": …} with status 200. */
function errorField(answer: unknown): string | null {
  if (typeof answer !== "object" || answer === null || !("Error" in answer)) return null;
  return excerpt(answer.Error);
}

function excerpt(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return (text ?? "nothing").slice(0, 120);
}
