import type { Static, TSchema } from "typebox";

export type HttpMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * One operation as data: the server registers it, the client calls it, the documentation prints it.
 * `path` is the whole path with parameters as `:name` and its rest as `*`. `roles` holds the roles that may call it;
 * `anyone` means that no token is needed. `rate` names a class of `RateLimits`, `none` lifts the limit.
 */
export type RouteDefinition = {
  readonly operationId: string;
  readonly method: HttpMethod;
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly tag: string;
  readonly roles: readonly string[];
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  readonly response: Readonly<Record<number, TSchema>>;
  readonly errors: readonly string[];
  readonly rate?: string;
  readonly bodyLimit?: number;
};

type PartOf<D, Part extends string> = D extends {
  readonly [Key in Part]: infer Schema extends TSchema;
}
  ? Static<Schema>
  : undefined;

export type ParamsOf<D extends RouteDefinition> = PartOf<D, "params">;
export type QueryOf<D extends RouteDefinition> = PartOf<D, "query">;
export type BodyOf<D extends RouteDefinition> = PartOf<D, "body">;
export type StatusOf<D extends RouteDefinition> = keyof D["response"] & number;
export type ResponseOf<D extends RouteDefinition, Status extends StatusOf<D>> = Static<
  D["response"][Status]
>;
/** The body of the operation's success: 200 where there is one, else 201, else 202. */
export type SuccessOf<D extends RouteDefinition> =
  200 extends StatusOf<D>
    ? ResponseOf<D, 200 & StatusOf<D>>
    : 201 extends StatusOf<D>
      ? ResponseOf<D, 201 & StatusOf<D>>
      : ResponseOf<D, 202 & StatusOf<D>>;
