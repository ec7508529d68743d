/** What the table says about one error code; `retry` and `fix` are sentences for the reader. */
export type ErrorEntry = {
  readonly status: number;
  readonly title: string;
  readonly retry: string;
  readonly fix: string;
};

/** Codes that the platform itself answers with: every table has to explain them. */
export const platformErrorCodes = [
  "request.invalid",
  "request.malformed",
  "request.too_large",
  "request.media_type",
  "request.not_found",
  "request.method",
  "request.host",
  "request.timeout",
  "access.unauthenticated",
  "access.expired",
  "access.forbidden",
  "access.csrf",
  "limits.exceeded",
  "service.unavailable",
  "internal",
] as const;

export type PlatformErrorCode = (typeof platformErrorCodes)[number];

export type ErrorTable = Readonly<Record<PlatformErrorCode, ErrorEntry>> &
  Readonly<Record<string, ErrorEntry>>;

/** One thing that is wrong with a request: a JSON pointer (RFC 6901) and a sentence. */
export type FieldError = { readonly pointer: string; readonly detail: string };

export type ProblemExtras = {
  readonly errors?: readonly FieldError[];
  /** Seconds after which the same request may succeed; sent as Retry-After. */
  readonly retryAfter?: number;
  /** More members of the answer, as RFC 9457 section 3.2 allows. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
};

/**
 * An answer that is not a success. A handler returns or throws it; `code` is a key of the error
 * table, `detail` one sentence about this occurrence that names the field and the fix.
 */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly code: string;
  readonly extras: ProblemExtras;

  constructor(code: string, detail: string, extras: ProblemExtras = {}) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0; // an answer, not a fault: forged input by the thousand must stay cheap
    super(detail);
    Error.stackTraceLimit = stackTraceLimit;
    this.code = code;
    this.extras = extras;
  }
}

/** The answer to fields of which exactly one has to be given, where a schema cannot say so. */
export const wantOneOf = (...pointers: readonly string[]): ApiProblem => {
  const detail = `give exactly one of ${pointers.join(", ")}`;
  return new ApiProblem("request.invalid", `The body has to ${detail}.`, {
    errors: pointers.map((pointer) => ({ pointer, detail })),
  });
};

/** The members of RFC 9457 and ours. `type` is relative to the service and explains the code. */
export type ProblemBody = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly request_id: string;
  readonly errors?: readonly FieldError[];
};

/** Writes a problem as RFC 9457 wants it. A code that the table lacks is a fault of ours. */
export function problemToBody(
  table: ErrorTable,
  problem: ApiProblem,
  requestId: string,
): ProblemBody {
  const entry = table[problem.code];
  if (entry === undefined) throw new Error(`error code ${problem.code} is not in the error table`);
  const { errors, extensions } = problem.extras;
  return {
    ...extensions,
    type: `/docs#${problem.code}`,
    title: entry.title,
    status: entry.status,
    detail: problem.message,
    code: problem.code,
    request_id: requestId,
    ...(errors !== undefined && { errors }),
  };
}

/** Throws when the table does not explain a code that the platform itself uses. */
export const checkErrorTable = (table: ErrorTable): void => {
  const missing = platformErrorCodes.filter((code) => table[code] === undefined);
  if (missing.length > 0) throw new Error(`the error table lacks ${missing.join(", ")}`);
};
