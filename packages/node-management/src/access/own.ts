import type { RouteDefinition } from "@lucid/api";
import { ApiProblem, type Http, type Principal, type RequestContext } from "@lucid/platform/http";

/** Who owns a node; null when there is no such node. */
export type OwnerOfNode = (nodeId: string) => string | null;

type Named = { readonly node_id?: string; readonly owner_id?: string };
type Context = RequestContext<RouteDefinition>;

/**
 * The same HTTP service, where who may act only on what is theirs (`own` in packages/api) is refused for all else: a
 * node for another node, an owner for another owner or a node of another. Path and body say which one is meant.
 */
export const withOwnership = (http: Http, ownerOfNode: OwnerOfNode): Http => ({
  ...http,
  route: (definition, handler) => {
    const route = definition as unknown as RouteDefinition;
    if (route.own === undefined) return http.route(definition, handler);
    return http.route(definition, (context) => {
      const { principal, params, body } = context as unknown as Context;
      const named: Named = { ...(body as object | undefined), ...(params as object | undefined) };
      const isAllowed =
        principal === null || mayAll(route, principal) || isTheirs(principal, named, ownerOfNode);
      return isAllowed ? handler(context) : notTheirs(route);
    });
  },
});

/** Whether one of the principal's roles reaches further than what is its own. */
const mayAll = ({ roles, own = [] }: RouteDefinition, principal: Principal): boolean =>
  principal.roles.some(
    (role) =>
      (roles as readonly string[]).includes(role) && !(own as readonly string[]).includes(role),
  );

const isTheirs = (
  { kind, id }: Principal,
  { node_id, owner_id }: Named,
  ownerOfNode: OwnerOfNode,
): boolean => {
  if (kind === "node") return node_id === id && owner_id === undefined;
  if (kind !== "owner" || (node_id ?? owner_id) === undefined) return false;
  const isOwnNode = node_id === undefined || ownerOfNode(node_id) === id;
  return isOwnNode && (owner_id === undefined || owner_id === id);
};

const notTheirs = ({ operationId }: RouteDefinition): ApiProblem =>
  new ApiProblem(
    "access.not_yours",
    `${operationId} is for what is yours: a node's own, an owner's own and its nodes'.`,
  );
