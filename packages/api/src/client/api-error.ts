/** The body of an `application/problem+json` answer (RFC 9457) as Lucid services send it. */
export type ApiProblemBody = {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly request_id?: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
  readonly [extension: string]: unknown;
};

/**
 * A call that did not succeed. `code` is the service's, or `client.unreachable` (no answer), `client.timeout`,
 * `client.unexpected` (an answer that is not Lucid's).
 */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number | null;
  readonly problem: ApiProblemBody | null;
  readonly retryAfterMs: number | null;

  constructor(
    code: string,
    message: string,
    more: { problem?: ApiProblemBody; retryAfterMs?: number | null; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.name = "ApiError";
    this.code = code;
    this.problem = more.problem ?? null;
    this.status = more.problem?.status ?? null;
    this.retryAfterMs = more.retryAfterMs ?? null;
  }
}

/** One line for a person's terminal: what went wrong, and each field with its fix, none of them twice. */
export const describeProblem = ({ detail, errors = [] }: ApiProblemBody): string => {
  const unsaid = errors.filter((error) => !detail.includes(error.detail));
  return [detail.replace(/\.$/, ""), ...unsaid.map((e) => `${e.pointer}: ${e.detail}`)]
    .join("; ")
    .replaceAll(/\p{Cc}+/gu, " ");
};
