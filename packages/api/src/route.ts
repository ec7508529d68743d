import type { Static, TSchema } from "typebox";
import type { ErrorCode } from "./errors/index.ts";

/** Who may call: people's and programs' roles, or `anyone` without a token. */
export type Role =
  | "anyone"
  | "node"
  | "owner"
  | "operator"
  | "treasurer"
  | "admin"
  | "auditor"
  | "service";

/** The classes of limits; `none` is for calls that carry their own proof or are the probe itself. */
export type RateClass =
  | "standard"
  | "enrolment"
  | "sign_in"
  | "payouts"
  | "changes"
  | "bodies"
  | "cosignatures"
  | "none";

export type RouteDefinition = {
  readonly operationId: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path with `:name` parameters. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly roles: readonly Role[];
  /** Of `roles`, those that may do it only with what is theirs: a node with itself, an owner with itself and its nodes. */
  readonly own?: readonly ("node" | "owner")[];
  /**
   * What the audit trail keeps of a change besides who, when and what was asked: `reads` is the operation that shows
   * the thing with the same path parameters, asked before and after; `subject` is the field of the request's or the
   * answer's body that names it where no path parameter does. `none` is for evidence that is sealed itself.
   */
  readonly audit?: "none" | { readonly reads?: string; readonly subject?: string };
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  readonly response: { readonly [status: number]: TSchema };
  readonly errors: readonly ErrorCode[];
  readonly rate?: RateClass;
  /** Bytes; the service's own limit where it is absent. */
  readonly bodyLimit?: number;
};

/** What every operation can answer that somebody may call only about what is theirs. */
const notYours: ErrorCode = "access.not_yours";

/** Keeps the literal types of a route, so that server and client infer from the same words. */
export const defineRoute = <const R extends RouteDefinition>(route: R): R =>
  route.own === undefined ? route : { ...route, errors: [...route.errors, notYours] };

/** Whether each call is a line of the audit trail: changes by those who signed in. What anyone may send is signed evidence. */
export const isAudited = ({ method, roles, audit }: RouteDefinition): boolean =>
  method !== "GET" && !roles.includes("anyone") && audit !== "none";

/** A part whose fields are all optional may be left out as a whole. */
type Part<R, K extends string> = R extends { readonly [key in K]: infer S extends TSchema }
  ? Record<string, never> extends Static<S>
    ? { [key in K]?: Static<S> }
    : { [key in K]: Static<S> }
  : { [key in K]?: undefined };

/** What a caller sends: `params`, `query` and `body` where the route has them. */
export type RequestOf<R extends RouteDefinition> = Part<R, "params"> &
  Part<R, "query"> &
  Part<R, "body">;

type Success = 200 | 201 | 202;

/** The body of a success. */
export type ResponseOf<R extends RouteDefinition> = {
  [S in keyof R["response"] & Success]: R["response"][S] extends TSchema
    ? Static<R["response"][S]>
    : never;
}[keyof R["response"] & Success];
