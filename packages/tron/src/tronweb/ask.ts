import { Compile } from "typebox/compile";
import type { Static, TSchema } from "typebox";
import type { Reading } from "../port.ts";
import { AnswerTooLong } from "./http.ts";
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
  const { path, payload = {}, method = "post", reply } = question;
  let heard: { status: number; text: string };
  try {
    heard = await provider(path, payload, method);
  } catch (error) {
    return notHeard(error, path);
  }
  if (heard.status < 200 || heard.status > 299) return refused(heard.status, path);
  const answer = parse(heard.text);
  const nodeError = errorField(answer);
  if (nodeError !== null) return unknown(`${path}: the node answered Error: ${nodeError}`);
  if (!reply.isReply(answer)) return unknown(`${path}: not a ${reply.name}: ${excerpt(answer)}`);
  return known(answer);
}

/** What people can do about a refusal. How TronGrid refuses a key and says that its limit is used up: https://developers.tron.network/reference/rate-limits */
const HINTS: Readonly<Record<number, string>> = {
  401: ", which says that TRON_API_KEY is wrong",
  403: ", which says that TRON_API_KEY is missing, wrong or used up",
  404: ", which says that this is not served under the address in TRON_ENDPOINTS",
  429: ", which says that too much is asked with this TRON_API_KEY",
};

/** A node that asks to come back later is `unreachable`, as one that did not answer. */
function refused(status: number, path: string): Failure {
  const code = status === 429 || status >= 500 ? "unreachable" : "unknown";
  return { ok: false, code, reason: `${path}: HTTP status ${status}${HINTS[status] ?? ""}` };
}

function notHeard(error: unknown, path: string): Failure {
  if (error instanceof AnswerTooLong) return unknown(`${path}: ${error.message}`);
  return { ok: false, code: "unreachable", reason: `${path}: ${describe(error)}` };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return "no complete answer in time";
  const { code = "" } = error as { code?: string };
  return `${code} ${error.message}`.trim();
}

/** What is no JSON is text, which is no reply to anything. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
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
