import type { Place } from "./listen.ts";
import type { Cache } from "../cache/index.ts";
import type { Clock } from "../clock/index.ts";
import type { Log } from "../log/index.ts";
import type { Metrics } from "../metrics/index.ts";
import type { Handler, Principal, RequestContext } from "./context.ts";
import type { RouteDefinition } from "./definition.ts";
import type { ErrorTable } from "./problem.ts";

export type Authentication =
  | { readonly principal: Principal }
  | {
      readonly code: "access.unauthenticated" | "access.expired" | "access.revoked";
      readonly detail: string;
    }
  /** Nobody can say now. */
  | { readonly code: "service.unavailable"; readonly detail: string; readonly retryAfter: number };

/** Turns a bearer token into who it speaks for, or says why it does not. */
export type Authenticate = (token: string) => Authentication | Promise<Authentication>;

/** Requests per minute. `byRole` takes a principal's most generous role, `byRate` a definition's `rate`. */
export type RateLimits = {
  /** All callers without a token together; with `trustProxy`, each address. */
  readonly anonymous: number;
  /** The same for single rate classes, as for work that costs us more than the caller. */
  readonly anonymousByRate: Readonly<Record<string, number>>;
  readonly standard: number;
  readonly byRole: Readonly<Record<string, number>>;
  readonly byRate: Readonly<Record<string, number>>;
};

export type HttpTimeouts = {
  /** For the headers of a request, and for headers and body together. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** How often slow requests are looked for. */
  readonly checkMs: number;
  /** How long a connection may wait for its next request. */
  readonly idleMs: number;
  /** How long a connection may move no byte in the middle of a request or an answer. */
  readonly stalledMs: number;
  /** How long requests in flight may take when the service closes. */
  readonly closeMs: number;
};

export type HttpDeps = {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly errors: ErrorTable;
  readonly authenticate: Authenticate;
  /** Where replicas share what counts towards the limits; each counts alone without it. */
  readonly cache?: Pick<Cache, "count"> | undefined;
};

export type HttpOptions = {
  /** What the API documents say about this service. */
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  /** Host names we answer to; empty means any. Loopback names always work. */
  readonly trustedHosts?: readonly string[];
  /** Origins whose pages may call us, as `https://host[:port]`. */
  readonly corsOrigins?: readonly string[];
  /** Whether a proxy in front tells who calls, as the last entry of X-Forwarded-For. */
  readonly trustProxy?: boolean;
  readonly limits?: Partial<RateLimits>;
  readonly bodyLimitBytes?: number;
  readonly timeouts?: Partial<HttpTimeouts>;
};

export type Readiness = { readonly ok: boolean; readonly detail: string };

/** One open server-sent event stream. */
export type EventStream = {
  /** Sends one event; `data` is written as JSON. Does nothing once the stream is closed. */
  send(event: string, data: unknown): void;
  close(): void;
  /** Aborts when either side closes. */
  readonly signal: AbortSignal;
};

export type Http = {
  /** Serves one operation. Throws when two definitions claim the same method and path. */
  route<const D extends RouteDefinition>(definition: D, handler: Handler<D>): void;
  /** Serves one operation as a stream of server-sent events; `open` runs for each new client. */
  events<const D extends RouteDefinition>(
    definition: D,
    open: (stream: EventStream, context: RequestContext<D>) => void | Promise<void>,
  ): void;
  /** Adds a line to /ready; the check has five seconds. */
  ready(name: string, check: () => Readiness | Promise<Readiness>): void;
  /** Serves a folder of web pages at `/`; unknown paths that want HTML get its index.html. */
  files(options: { readonly directory: string }): void;
  /** Starts to listen. Port 0 takes a free one. Throws HttpStartError with a sentence for the operator. */
  listen(place: Place): Promise<{ url: string; port: number }>;
  /** The OpenAPI 3.1 document of everything registered so far. */
  document(): object;
  /** Says by /ready that it goes, and closes each connection with its next answer. */
  leave(): void;
  /** Stops listening, lets requests in flight finish, and cuts what is left after `timeouts.closeMs`. */
  [Symbol.asyncDispose](): Promise<void>;
};
