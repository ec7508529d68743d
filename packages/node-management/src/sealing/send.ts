import { blockRoutes, type AppendRequest, encodeAppend } from "@lucid/api";
import type { Static } from "typebox";
import { Compile } from "typebox/compile";
import { readAtMost } from "../shared/read-at-most.ts";

const answerSchema = Compile(blockRoutes.appendBlocks.response[200]);
/** An answer names each block it took; more than this is none of ours. */
const maxAnswerBytes = 4 * 1024 * 1024;
const timeoutMs = 30_000;

export type AppendAnswer = Static<(typeof blockRoutes.appendBlocks.response)[200]>;

/** What became of an append. `refused` carries block-manager's code; the log cannot go on as it is. */
export type SendVerdict =
  | { readonly outcome: "appended"; readonly answer: AppendAnswer }
  | { readonly outcome: "unreachable"; readonly detail: string }
  | { readonly outcome: "refused"; readonly code: string; readonly detail: string };

/** Hands slots to block-manager; never throws for what the other side does. */
export type SendSlots = (request: AppendRequest, signal: AbortSignal) => Promise<SendVerdict>;

export type SendDeps = {
  readonly url: string;
  /** A bearer token with the role service. */
  readonly token: () => Promise<string>;
  readonly fetch?: typeof fetch;
};

export const createSendSlots =
  ({ url, token, fetch: request = fetch }: SendDeps): SendSlots =>
  async (slots, signal) => {
    try {
      const response = await request(new URL(blockRoutes.appendBlocks.path, url), {
        method: "POST",
        redirect: "error",
        headers: {
          "content-type": "application/octet-stream",
          authorization: `Bearer ${await token()}`,
        },
        body: encodeAppend(slots) as Uint8Array<ArrayBuffer>,
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      return verdictOf(response.status, await readAnswer(response));
    } catch (error) {
      return { outcome: "unreachable", detail: `${url}: ${reasonOf(error)}` };
    }
  };

const readAnswer = async (response: Response): Promise<unknown> => {
  const bytes = await readAtMost(response, maxAnswerBytes);
  if (bytes === null) throw new Error(`an answer of more than ${maxAnswerBytes} bytes`);
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text.slice(0, 200); // what is no JSON is judged as what it is: no answer of block-manager
  }
};

const verdictOf = (status: number, answer: unknown): SendVerdict => {
  if (status === 200 && answerSchema.Check(answer)) return { outcome: "appended", answer };
  if (status === 200)
    return { outcome: "refused", code: "answer.malformed", detail: "it is no answer to an append" };
  const { code, detail } = problemOf(answer);
  if (status >= 500 || status === 429 || status === 408)
    return { outcome: "unreachable", detail: `it answers ${status} ${code}: ${detail}` };
  return { outcome: "refused", code, detail };
};

const problemOf = (answer: unknown): { code: string; detail: string } => {
  const problem = (typeof answer === "object" && answer !== null ? answer : {}) as Record<
    string,
    unknown
  >;
  const { code, detail } = problem;
  return {
    code: typeof code === "string" ? code : "answer.malformed",
    detail: typeof detail === "string" ? detail : "without a reason",
  };
};

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
};
