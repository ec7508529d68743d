import type { Log } from "../log/index.ts";
import type {
  BodyOf,
  ParamsOf,
  QueryOf,
  ResponseOf,
  RouteDefinition,
  StatusOf,
  SuccessOf,
} from "./definition.ts";
import type { Credential } from "./credential.ts";
import type { ApiProblem } from "./problem.ts";

export type Principal = {
  readonly kind: "node" | "owner" | "person" | "service";
  readonly id: string;
  readonly roles: readonly string[];
  /** What it was proven with; moments in Unix ms. */
  readonly token?: {
    readonly id: string;
    readonly issuedAtMs: number;
    readonly expiresAtMs: number;
  };
};

/** What is remembered about one TCP connection; handlers count their own kind of failure on it. */
export type Connection = { failures: number };

export type ReplyHeaders = Readonly<Record<string, string>>;

export const replyMark: unique symbol = Symbol("reply");

/** An answer with a status and headers of its own; made by `context.reply`. */
export type Reply = {
  readonly [replyMark]: true;
  readonly status: number;
  readonly body: unknown;
  readonly headers: ReplyHeaders | undefined;
};

type PrincipalOf<D extends RouteDefinition> = "anyone" extends D["roles"][number]
  ? Principal | null
  : Principal;

export type RequestContext<D extends RouteDefinition> = {
  readonly params: ParamsOf<D>;
  readonly query: QueryOf<D>;
  readonly body: BodyOf<D>;
  /** Who calls; null when the operation is open to anyone and no token was sent. */
  readonly principal: PrincipalOf<D>;
  /** What was sent to prove it, from the header or from the cookie of the console. */
  readonly credential: Credential | null;
  /** Whether the caller came over HTTPS, as far as a trusted proxy tells. */
  readonly isSecure: boolean;
  readonly connection: Connection;
  readonly requestId: string;
  /** A log that carries the request id. */
  readonly log: Log;
  /** Aborts when the caller goes away. */
  readonly signal: AbortSignal;
  /** Makes an answer with a status and headers of its own. */
  readonly reply: <Status extends StatusOf<D>>(
    status: Status,
    body: ResponseOf<D, Status>,
    headers?: ReplyHeaders,
  ) => Reply;
};

export type Answer<D extends RouteDefinition> = SuccessOf<D> | Reply | ApiProblem;

/**
 * Answers one request: returns the body of the success, `context.reply(...)` for another status or
 * headers, or an `ApiProblem`, which may also be thrown. Anything else thrown becomes `internal`.
 */
export type Handler<D extends RouteDefinition> = (
  context: RequestContext<D>,
) => Answer<D> | Promise<Answer<D>>;
