import {
  routes,
  type OperationId,
  type RequestOf,
  type ResponseOf,
  type Routes,
} from "../index.ts";
import { ApiError, describeProblem, type ApiProblemBody } from "./api-error.ts";

export type ClientOptions = {
  /** Where the service listens, e.g. `http://localhost:8095`. */
  readonly baseUrl: string;
  readonly timeoutMs?: number;
  readonly token?: () => string | undefined;
  readonly fetch?: typeof globalThis.fetch;
};

type Arguments<R> = Record<string, never> extends R ? [request?: R] : [request: R];

export type Client = {
  /**
   * Calls one operation.
   * @returns the body of the success
   * @throws ApiError with the service's code, or `client.unreachable`, `client.timeout`, `client.unexpected`
   */
  call<O extends OperationId>(
    operation: O,
    ...args: Arguments<RequestOf<Routes[O]>>
  ): Promise<ResponseOf<Routes[O]>>;
};

type LooseRequest = {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
};

/** A client of node-management for agent, CLI, console and tests. */
export const createClient = (options: ClientOptions): Client => {
  const base = options.baseUrl.replace(/\/+$/, "");
  const send = options.fetch ?? globalThis.fetch.bind(globalThis);

  const call = async (operation: OperationId, request: LooseRequest = {}): Promise<unknown> => {
    const route = routes[operation];
    const url = base + fillPath(route.path, request.params ?? {}) + queryText(request.query ?? {});
    const token = options.token?.();
    const headers = {
      accept: "application/json",
      ...(request.body === undefined ? {} : { "content-type": "application/json" }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    const answer = await attempt(url, () =>
      send(url, {
        method: route.method,
        headers,
        redirect: "error",
        signal: AbortSignal.timeout(options.timeoutMs ?? 10_000),
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      }),
    );
    return readAnswer(url, answer);
  };

  return { call: call as Client["call"] };
};

const fillPath = (path: string, params: Record<string, unknown>): string =>
  path.replace(/:([a-z_]+)/g, (_, name: string) => encodeURIComponent(String(params[name])));

const queryText = (query: Record<string, unknown>): string => {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
  if (pairs.length === 0) return "";
  return `?${new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString()}`;
};

const attempt = async (url: string, send: () => Promise<Response>): Promise<Response> => {
  try {
    return await send();
  } catch (cause) {
    const timedOut = cause instanceof Error && cause.name === "TimeoutError";
    throw new ApiError(
      timedOut ? "client.timeout" : "client.unreachable",
      timedOut ? `${url} did not answer in time` : `${url} cannot be reached`,
      { cause },
    );
  }
};

const readAnswer = async (url: string, answer: Response): Promise<unknown> => {
  const text = await attempt(url, () => answer.text().then((body) => new Response(body))).then(
    (body) => body.text(),
  );
  const body = parseJson(text);
  if (answer.ok && body !== undefined) return body;
  if (!isProblem(body))
    throw new ApiError("client.unexpected", `${url} answered ${answer.status} with something else`);
  const seconds = Number(answer.headers.get("retry-after") ?? Number.NaN);
  throw new ApiError(body.code, describeProblem(body), {
    problem: body,
    retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : null,
  });
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const isProblem = (value: unknown): value is ApiProblemBody =>
  typeof value === "object" &&
  value !== null &&
  "code" in value &&
  typeof value.code === "string" &&
  "detail" in value &&
  "status" in value;
