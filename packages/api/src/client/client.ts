import { blockRoutes, routes, type RequestOf, type ResponseOf, type Routes } from "../index.ts";
import type { RouteDefinition } from "../route.ts";
import { attempt, readAnswer } from "./answer.ts";

export type ClientOptions = {
  /** Where the service listens, e.g. `http://localhost:8095`. */
  readonly baseUrl: string;
  readonly timeoutMs?: number;
  readonly token?: () => string | undefined;
  /** Of a browser's session, for changes. */
  readonly csrfToken?: () => string | undefined;
  readonly fetch?: typeof globalThis.fetch;
};

type Arguments<R> = Record<string, never> extends R ? [request?: R] : [request: R];

type RouteTable = Readonly<Record<string, RouteDefinition>>;

export type ClientOf<Table extends RouteTable> = {
  /**
   * Calls one operation.
   * @returns the body of the success; bytes where the operation gives bytes
   * @throws ApiError with the service's code, or `client.unreachable`, `client.timeout`, `client.unexpected`
   */
  call<O extends keyof Table>(
    operation: O,
    ...args: Arguments<RequestOf<Table[O]>>
  ): Promise<ResponseOf<Table[O]>>;
};

/** A client of node-management. */
export type Client = ClientOf<Routes>;
/** A client of block-manager. */
export type BlockClient = ClientOf<typeof blockRoutes>;

type LooseRequest = {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
};

/** A client of node-management for agent, CLI, console and tests. */
export const createClient = (options: ClientOptions): Client => clientOf<Routes>(routes, options);

/** A client of block-manager for CLI and tests. */
export const createBlockClient = (options: ClientOptions): BlockClient =>
  clientOf<typeof blockRoutes>(blockRoutes, options);

const clientOf = <Table extends RouteTable>(
  table: Table,
  options: ClientOptions,
): ClientOf<Table> => {
  const base = options.baseUrl.replace(/\/+$/, "");
  const send = options.fetch ?? globalThis.fetch.bind(globalThis);

  const call = async (operation: keyof Table, request: LooseRequest = {}): Promise<unknown> => {
    const route = table[operation] as RouteDefinition;
    const url = base + fillPath(route.path, request.params ?? {}) + queryText(request.query ?? {});
    const token = options.token?.();
    const csrfToken = options.csrfToken?.();
    const headers = {
      accept: "application/json, */*;q=0.5",
      ...(request.body === undefined ? {} : { "content-type": typeOf(request.body) }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(csrfToken === undefined ? {} : { "x-csrf-token": csrfToken }),
    };
    const answer = await attempt(url, () =>
      send(url, {
        method: route.method,
        headers,
        redirect: "error",
        signal: AbortSignal.timeout(options.timeoutMs ?? 10_000),
        ...(request.body === undefined ? {} : { body: bodyOf(request.body) }),
      }),
    );
    return readAnswer(route, url, answer);
  };

  return { call: call as unknown as ClientOf<Table>["call"] };
};

const typeOf = (body: unknown): string =>
  body instanceof Uint8Array ? "application/octet-stream" : "application/json";

const bodyOf = (body: unknown): BodyInit =>
  body instanceof Uint8Array ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body);

const fillPath = (path: string, params: Record<string, unknown>): string =>
  path.replace(/:([a-z_]+)/g, (_, name: string) => encodeURIComponent(String(params[name])));

const queryText = (query: Record<string, unknown>): string => {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
  if (pairs.length === 0) return "";
  return `?${new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString()}`;
};
