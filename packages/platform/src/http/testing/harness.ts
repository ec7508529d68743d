import { connect } from "node:net";
import { Type } from "typebox";
import { systemClock } from "../../clock/index.ts";
import { createLog } from "../../log/index.ts";
import { createMetrics } from "../../metrics/index.ts";
import {
  createHttp,
  platformErrorCodes,
  type Authenticate,
  type ErrorEntry,
  type ErrorTable,
  type Http,
  type HttpDeps,
  type HttpOptions,
} from "../index.ts";

const statuses: Readonly<Record<string, number>> = {
  "request.invalid": 422,
  "request.too_large": 413,
  "request.media_type": 415,
  "request.not_found": 404,
  "request.method": 405,
  "request.host": 421,
  "request.timeout": 408,
  "access.unauthenticated": 401,
  "access.expired": 401,
  "access.forbidden": 403,
  "access.csrf": 403,
  "limits.exceeded": 429,
  "service.unavailable": 503,
  internal: 500,
};

const entry = (status: number, title: string): ErrorEntry => ({
  status,
  title,
  retry: "no",
  fix: "read",
});

export const errorTable = {
  ...Object.fromEntries(
    platformErrorCodes.map((code) => [code, entry(statuses[code] ?? 400, code)]),
  ),
  "things.full": entry(409, "Full"),
} as unknown as ErrorTable;

/** Tokens of tests say who they are: `node:a`, `admin:b`; `old` has expired. */
const authenticate: Authenticate = (token) => {
  const [role = "", id = ""] = token.split(":");
  if (role === "old") return { code: "access.expired", detail: "Too old." };
  if (id === "") return { code: "access.unauthenticated", detail: "Unknown." };
  const kind = role === "node" || role === "owner" ? role : "person";
  return { principal: { kind, id, roles: [role] } };
};

export type Started = AsyncDisposable & {
  readonly http: Http;
  readonly url: string;
  readonly port: number;
  readonly logged: string[];
};

export type StartOptions = Partial<HttpOptions> & { readonly deps?: Partial<HttpDeps> };

type Made = { readonly http: Http; readonly logged: string[] };

/** Makes a service that does not listen yet. */
export const make = ({ deps: given, ...options }: StartOptions = {}): Made => {
  const logged: string[] = [];
  const destination = { write: (line: string) => void logged.push(line) };
  const deps: HttpDeps = {
    log: createLog({ level: "info", name: "test", destination }),
    metrics: createMetrics(),
    clock: systemClock,
    errors: errorTable,
    authenticate,
    ...given,
  };
  const info = { title: "Test", version: "1", description: "A service of the tests" };
  return { http: createHttp(deps, { info, ...options }), logged };
};

/** Starts a service on a free port with what `build` registers. */
export const start = async (
  build: (http: Http) => void,
  options: StartOptions = {},
): Promise<Started> => {
  const { http, logged } = make(options);
  build(http);
  const { url, port } = await http.listen({ host: "127.0.0.1", port: 0 });
  return { http, url, port, logged, [Symbol.asyncDispose]: () => http[Symbol.asyncDispose]() };
};

export const thing = {
  operationId: "createThing",
  method: "POST",
  path: "/api/v1/things",
  summary: "Makes a thing",
  tag: "things",
  roles: ["anyone"],
  body: Type.Object({
    name: Type.String({ pattern: "^[a-z]+$", description: "lower-case letters" }),
    size: Type.Integer({ minimum: 1 }),
    kind: Type.Optional(Type.Union([Type.Literal("soft"), Type.Literal("hard")])),
    inner: Type.Optional(Type.Object({ deep: Type.Boolean() })),
  }),
  response: { 200: Type.Object({ name: Type.String(), size: Type.Integer() }) },
  errors: ["things.full"],
} as const;

export const serveThing = (http: Http): void => http.route(thing, ({ body }) => body);

export const good = JSON.stringify({ name: "a", size: 1 });

type Problem = {
  code: string;
  detail: string;
  status: number;
  request_id: string;
  errors?: { pointer: string; detail: string }[];
};

/** Sends a body and reads the answer, which in these tests is mostly a problem. */
export const post = async (
  url: string,
  body: string | Uint8Array<ArrayBuffer> | null,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; body: Problem }> => {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Problem,
  };
};

export const bearer = (token: string): { headers: Record<string, string> } => ({
  headers: { authorization: `Bearer ${token}` },
});

/** Writes raw bytes to a port and reads until the other side closes. */
export const rawExchange = async (
  port: number,
  bytes: string,
  { halfClose = false }: { halfClose?: boolean } = {},
): Promise<string> => {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  socket.write(bytes);
  if (halfClose) socket.end();
  let answer = "";
  for await (const chunk of socket.setEncoding("utf8")) answer += String(chunk);
  socket.destroy();
  return answer;
};
